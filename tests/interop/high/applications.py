"""Applications of the high profile, as the libraries are told of them."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from jwt.algorithms import ECAlgorithm

from tests.interop.authority import Certificate
from tests.interop.conftest import Client
from tests.interop.openid_client.application import Application, new_key, public_part
from tests.interop.openid_client.library import Json, Library
from tests.interop.public import Public
from tests.interop.resident import Resident

REDIRECT_URI: Final = "https://service.example/callback"
SCOPE: Final = "openid email offline_access"
_KEYED: Final = ("--profile=high", "--auth-method=private_key_jwt")


@dataclass(frozen=True)
class Held:
    """An application, and what it holds: `holds`, the algorithm of its key for DPoP, if any."""

    application: Application
    public: Public
    certificate: Certificate | None = None
    holds: str = ""
    signs: bool = False

    def run(self, flow: str, resident: Resident | None = None, **more: object) -> Any:  # noqa: ANN401
        """Run a flow of a library with it, at the public address."""
        library = Library(self.public.issuer, "high")
        return library.run(flow, self.application, resident, **{**self._given(), **more})

    def coming_with(self, certificate: Certificate | None) -> "Held":
        """Return the same, with another certificate or none."""
        return replace(self, certificate=certificate)

    def _given(self) -> Json:
        return {
            "proxy": self.public.internet.proxy,
            "authority": self.public.authority.certificate.read_text(),
            "certificate": told(self.certificate),
            "aliases": self.certificate is not None,
            "holds": self.holds,
            "signs": self.signs,
        }


def told(certificate: Certificate | None) -> dict[str, str] | None:
    """Return a certificate as undici wants it."""
    if certificate is None:
        return None
    return {"cert": certificate.certificate.read_text(), "key": certificate.key.read_text()}


@dataclass(frozen=True)
class Maker:
    """Registers them with the provider behind nginx."""

    public: Public
    folder: Path

    def by_key(self, name: str, algorithm: str = "ES256", *more: str) -> Application:
        """Return one that authenticates by private_key_jwt."""
        key = new_key(algorithm)
        keys = self._jwks(name, public_part(key))
        made = self._registered(name, *_KEYED, keys, f"--algorithm={algorithm}", *more)
        metadata = _agreed(algorithm)
        return Application(made, "private_key_jwt", key=key, scope=SCOPE, metadata=metadata)

    def by_name(self, name: str, host: str) -> Application:
        """Return one that is known by the name in its certificate."""
        method = "tls_client_auth"
        known = (f"--auth-method={method}", f"--certificate-subject=san_dns:{host}")
        made = self._registered(name, "--profile=high", *known, "--certificate-bound")
        return Application(made, method, scope=SCOPE, metadata=_agreed("ES256"))

    def by_its_own(self, name: str, key: EllipticCurvePrivateKey) -> Application:
        """Return one that is known by the key of its certificate."""
        method = "self_signed_tls_client_auth"
        keys = self._jwks(name, json.loads(ECAlgorithm.to_jwk(key.public_key())))
        known = ("--profile=high", f"--auth-method={method}", keys, "--certificate-bound")
        made = self._registered(name, *known)
        return Application(made, method, scope=SCOPE, metadata=_agreed("ES256"))

    def standard(self, name: str) -> Application:
        """Return one of the standard profile, with a secret."""
        return Application(self._registered(name), scope=SCOPE, metadata=_agreed("ES256"))

    def _registered(self, name: str, *how: str) -> Client:
        more = "--scope=offline_access:public_task:To try"
        made = self.public.register(name, REDIRECT_URI, more, *how)
        return Client(made["client_id"], made.get("client_secret", ""), REDIRECT_URI)

    def _jwks(self, name: str, key: Json) -> str:
        path = self.folder / f"{name}.json"
        members = {part: value for part, value in key.items() if part != "key_ops"}
        path.write_text(json.dumps({"keys": [members]}))
        return f"--jwks={path}"


def _agreed(algorithm: str) -> dict[str, str]:
    names = ("id_token_signed_response_alg", "authorization_signed_response_alg")
    return dict.fromkeys((*names, "introspection_signed_response_alg"), algorithm)
