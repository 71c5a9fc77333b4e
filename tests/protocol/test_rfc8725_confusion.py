"""RFC 8725 §3.1 to §3.3, §3.10: at every place that takes a JWT, whoever changes how it is signed.

Beside `test_rfc8725_kinds_of_jwt`, whose places these are.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_decode

from accounts.models import Account
from idp.keys import queries as keys
from tests.protocol import tokens
from tests.protocol.resident import Resident
from tests.protocol.service import Service
from tests.protocol.signing import PrivateKey, SigningKey, SigningPartner, encoded, signing_key
from tests.protocol.test_rfc8725_kinds_of_jwt import KINDS, PLACES, Scene

OURS: Final = ("ID token", "access token")
TAKING: Final = {place: takes for place, (takes, _) in PLACES.items() if takes in KINDS}
Forge = Callable[["Good"], str]


@dataclass(frozen=True)
class Good:
    """A token that is taken, and the very key that signed it."""

    token: str
    key: SigningKey

    @property
    def header(self) -> dict[str, Any]:
        """What its header says."""
        return tokens.header(self.token)

    @property
    def claims(self) -> str:
        """Its claims as they were sent."""
        return self.token.split(".")[1]

    def beside(self, **header: Any) -> str:
        """Return the claims under a changed header, signed by the right key all the same."""
        return self._signed(json.dumps({**self.header, **header}), self.key)

    def by_another(self, **header: Any) -> str:
        """Return the same with somebody else's signature."""
        return self._signed(json.dumps({**self.header, **header}), signing_key("ES256", "evil"))

    def twice(self, member: str) -> str:
        """Return a header in which this member comes twice, the right one last."""
        text = json.dumps(self.header)
        return self._signed(f'{{"{member}": "x", {text[1:]}', self.key)

    def by_shared_secret(self, secret: bytes, **header: Any) -> str:
        """Return it signed by HS256."""
        head = encoded(json.dumps({**self.header, "alg": "HS256", **header}).encode())
        signed = f"{head}.{self.claims}"
        return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), sha256))}"

    def public(self, form: str) -> bytes:
        """Return the public key, which everybody knows, in this form."""
        if form == "jwk":
            return json.dumps(self.key.jwk).encode()
        encoding = {"pem": Encoding.PEM, "der": Encoding.DER}[form]
        return self.key.private.public_key().public_bytes(
            encoding, PublicFormat.SubjectPublicKeyInfo
        )

    def _signed(self, header: str, key: SigningKey) -> str:
        claims = json.loads(_decoded(self.claims))
        return key.sign_text(header, json.dumps(claims))


FORGERIES: Final[dict[str, Forge]] = {
    "none": lambda good: (
        f"{encoded(json.dumps({**good.header, 'alg': 'none'}).encode())}.{good.claims}."
    ),
    "none with the signature": lambda good: good.beside(alg="none"),
    "no alg": lambda good: good.beside(alg=""),
    "HS256 with the public PEM": lambda good: good.by_shared_secret(good.public("pem")),
    "HS256 with the public DER": lambda good: good.by_shared_secret(good.public("der")),
    "HS256 with the public JWK": lambda good: good.by_shared_secret(good.public("jwk")),
    "HS256 with nothing": lambda good: good.by_shared_secret(b""),
    "another algorithm of the same key": lambda good: good.beside(alg="ES384"),
    "unknown crit": lambda good: good.beside(crit=["x"], x=1),
    "known crit": lambda good: good.beside(crit=["b64"], b64=True),
    "jku": lambda good: good.beside(jku="https://service.example.org/keys"),
    "x5u": lambda good: good.beside(x5u="https://service.example.org/keys"),
    "embedded jwk": lambda good: good.by_another(jwk=signing_key("ES256", "evil").jwk),
    "embedded jwk of the right key": lambda good: good.beside(jwk=good.key.jwk),
    "another key": lambda good: good.by_another(),
    "another key by its own kid": lambda good: good.by_another(kid="evil"),
    "kid of a file": lambda good: good.by_another(kid="../../../dev/null"),
    "alg twice": lambda good: good.twice("alg"),
}


def _decoded(part: str) -> bytes:
    return base64url_decode(part)


@pytest.fixture
def scene(resident: Resident, account: Account) -> Scene:
    resident.sign_in(account)
    partner = SigningPartner.keyed(userinfo_algorithm="ES256")
    return Scene(resident, partner, Service(resident, partner).sign_in())


def good(scene: Scene, kind: str) -> Good:
    token = KINDS[kind](scene)
    if kind not in OURS:
        return Good(token, scene.partner.key)
    pair = keys.signing_key("ES256")
    assert isinstance(pair.private, PrivateKey)
    return Good(token, SigningKey(pair.private, "ES256", pair.kid))


@pytest.mark.once
@pytest.mark.parametrize("place", TAKING)
def test_every_forgery_is_refused_and_the_same_by_the_right_key_is_taken(
    scene: Scene, place: str
) -> None:
    """Without the second half the first would show nothing."""
    _, is_taken = PLACES[place]
    right = good(scene, TAKING[place])
    assert [name for name, forge in FORGERIES.items() if is_taken(scene, forge(right))] == []
    assert is_taken(scene, right.beside())
