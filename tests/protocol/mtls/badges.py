"""Certificates, and applications that come with one."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from jwt.algorithms import ECAlgorithm

from idp.web_servers import CERTIFICATE, ClientCertificate
from tests import factories
from tests.protocol.partner import FORM, Partner

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

NAME = "CN=booking,O=Riverside Trust,C=GB"
NAMES = (
    x509.DNSName("api.riverside.example"),
    x509.DNSName("other.riverside.example"),
    x509.UniformResourceIdentifier("https://riverside.example/booking"),
    x509.IPAddress(ip_address("192.0.2.7")),
    x509.RFC822Name("booking@riverside.example"),
)
SUBJECTS = {
    "subject_dn": NAME,
    "san_dns": "api.riverside.example",
    "san_uri": "https://riverside.example/booking",
    "san_ip": "192.0.2.7",
    "san_email": "booking@riverside.example",
}


@dataclass(frozen=True)
class Badge:
    """A certificate in PEM with its key."""

    key: ec.EllipticCurvePrivateKey
    pem: str

    @property
    def jwk(self) -> dict[str, Any]:
        """The public key, as an application registers it."""
        members = ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        members.pop("key_ops", None)
        return {**members, "kid": "badge"}

    @property
    def thumbprint(self) -> str:
        """RFC 8705 §3.1: of the whole certificate."""
        der = x509.load_pem_x509_certificate(self.pem.encode()).public_bytes(Encoding.DER)
        return urlsafe_b64encode(sha256(der).digest()).rstrip(b"=").decode()

    def told(self, *, verified: bool = True) -> dict[str, Any]:
        """Return what the web server tells of whoever holds it."""
        return told(self.pem, verified=verified)


def told(pem: str, *, verified: bool = True) -> dict[str, Any]:
    """Return what the web server tells of a text."""
    return {CERTIFICATE: ClientCertificate(quote(pem, safe=""), verified)}


@cache
def badge(
    who: str = "one",
    *,
    name: str = NAME,
    names: Iterable[x509.GeneralName] = NAMES,
    begins: int = -1,
    ends: int = 1,
) -> Badge:
    """Return a certificate; the same for the same arguments. The times are in days from now."""
    del who
    key = ec.generate_private_key(ec.SECP256R1())
    now, subject = datetime.now(UTC), x509.Name.from_rfc4514_string(name)
    builder = x509.CertificateBuilder(
        issuer_name=subject,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now + timedelta(days=begins),
        not_valid_after=now + timedelta(days=ends),
    )
    names = list(names)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Badge(key, builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode())


@dataclass
class BadgePartner(Partner):
    """An application that comes with its certificate, as the web server tells of it."""

    badge: Badge = field(default_factory=badge)
    told: dict[str, Any] | None = None

    @classmethod
    def named(cls, kind: str = "san_dns", subject: str = "", **columns: Any) -> "BadgePartner":
        """Return one known by a subject (tls_client_auth)."""
        named = {
            "token_endpoint_auth_method": "tls_client_auth",
            "certificate_subject_kind": kind,
            "certificate_subject": subject or SUBJECTS[kind],
        }
        return cls(factories.application(**{**named, **columns}))

    @classmethod
    def keyed(cls, **columns: Any) -> "BadgePartner":
        """Return one known by its key (self_signed_tls_client_auth), for which nobody vouches."""
        method = {"token_endpoint_auth_method": "self_signed_tls_client_auth"}
        jwks = {"jwks": {"keys": [badge().jwk]}}
        row = factories.application(**{**method, **jwks, **columns})
        return cls(row, told=badge().told(verified=False))

    def raw(self, path: str, body: str | bytes, **headers: str) -> "Answer":
        """Post a body with the certificate; nothing is told where `told` is empty."""
        more = self._told()
        return self.http.post(path, body, content_type=FORM, headers=headers, **more)

    def userinfo(self, token: str, **headers: str) -> "Answer":
        """Ask who signed in, with the certificate."""
        right = {"Authorization": f"Bearer {token}", **headers}
        return self.http.get("/userinfo", headers=right, **self._told())

    def _told(self) -> dict[str, Any]:
        return self.badge.told() if self.told is None else self.told
