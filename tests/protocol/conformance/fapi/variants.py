"""How the clients of each plan authenticate, and what their tokens are bound to."""

from dataclasses import dataclass
from typing import Final

KEY: Final = "private_key_jwt"


@dataclass(frozen=True)
class Variant:
    """One column of the plans.

    `authentication`: of its first client. `by_proof`: tokens are bound by DPoP, or else to a
    certificate. `signs`: requests are signed and answers are wanted signed. `for_itself`: its
    clients get tokens in their own name.
    """

    authentication: str = KEY
    by_proof: bool = True
    signs: bool = False
    for_itself: bool = False

    @property
    def with_certificate(self) -> bool:
        """Say whether its clients come with a certificate."""
        return self.authentication != KEY or not self.by_proof


VARIANTS: Final = {
    "fapi2-key-dpop": Variant(),
    "fapi2-key-mtls": Variant(by_proof=False),
    "fapi2-mtls-mtls": Variant(authentication="tls_client_auth", by_proof=False),
    "fapi2-client-credentials": Variant(for_itself=True),
    "fapi2-message-signing": Variant(signs=True),
}
