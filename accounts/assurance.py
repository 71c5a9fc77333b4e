"""How strongly somebody signed in, by which proofs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any, Final
from uuid import UUID


class Level(IntEnum):
    """Strength of a sign-in, weakest first, so that levels compare with `<`."""

    ONE_FACTOR = 1
    TWO_FACTORS = 2
    PHISHING_RESISTANT = 3


class Method(StrEnum):
    """How one proof was given in a session."""

    PASSWORD = "password"
    PASSKEY = "passkey"
    SECURITY_KEY = "security_key"
    APP = "app"
    CODE_SHEET = "code_sheet"
    RECOVERY_CODE = "recovery_code"
    TEXT_MESSAGE = "text_message"


# What a password is completed by; a passkey needs no other proof beside it.
SECOND_STEPS: Final = frozenset(Method) - {Method.PASSWORD, Method.PASSKEY}
# Good enough to reach a service. A recovery code may be all that a thief of a drawer found, and a
# text message can be read on a stolen or ported number: neither may change who gets in.
PASSING: Final = frozenset({Method.RECOVERY_CODE, Method.TEXT_MESSAGE})


@dataclass(frozen=True)
class Proof:
    """One proof: how, when (aware), and by which authenticator, if by one."""

    method: Method
    at: datetime
    authenticator: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the proof as columns keep it, the time in whole seconds since the epoch."""
        kept: dict[str, Any] = {"method": self.method, "at": int(self.at.timestamp())}
        return kept | ({"authenticator": str(self.authenticator)} if self.authenticator else {})

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Proof":
        """Return the proof that `as_json` kept."""
        authenticator = kept.get("authenticator")
        at = datetime.fromtimestamp(kept["at"], UTC)
        return cls(Method(kept["method"]), at, UUID(authenticator) if authenticator else None)


def level_of(methods: Iterable[Method]) -> Level:
    """Return how strongly these together authenticate, or would."""
    given = frozenset(methods)
    if Method.PASSKEY in given:
        return Level.PHISHING_RESISTANT
    if Method.PASSWORD in given and given & SECOND_STEPS:
        return Level.TWO_FACTORS
    return Level.ONE_FACTOR


def lasting_level_of(methods: Iterable[Method]) -> Level:
    """Return the same for changing the account itself, where some proofs do not count."""
    return level_of(frozenset(methods) - PASSING)


def methods_in(proofs: Iterable[dict[str, Any]]) -> frozenset[Method]:
    """Return the methods of proofs as columns keep them."""
    return frozenset(Method(proof["method"]) for proof in proofs)


def authenticators_in(proofs: Iterable[dict[str, Any]]) -> frozenset[UUID]:
    """Return the ids of the authenticators that gave proofs, as columns keep them."""
    return frozenset(UUID(proof["authenticator"]) for proof in proofs if "authenticator" in proof)
