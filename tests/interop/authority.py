"""A certificate authority for one test run: what it signs is trusted by whoever names its file."""

import ipaddress
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
# From when to when, in days from today.
_LASTS = (-1, 1)


@dataclass(frozen=True)
class Certificate:
    """A certificate, its key and the authority that signed it, each a file in PEM."""

    certificate: Path
    key: Path
    authority: Path


@dataclass
class Authority:
    """Its own key never leaves the process.

    `above`: whoever vouches for it, if not it alone. One that is no `authority` is anybody who has
    a certificate, and signs others all the same.
    """

    folder: Path
    above: "Authority | None" = None
    is_authority: bool = True
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), init=False
    )

    def __post_init__(self) -> None:
        names = x509.KeyUsage(
            digital_signature=not self.is_authority,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=self.is_authority,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        limits = x509.BasicConstraints(ca=self.is_authority, path_length=None)
        signer = self.above or self
        own = signer.begun(self.name, self.private.public_key(), _LASTS)
        own = own.add_extension(limits, critical=True).add_extension(names, critical=True)
        made = own.sign(signer.private, SHA256()).public_bytes(Encoding.PEM)
        self.certificate.write_bytes(made)

    @property
    def certificate(self) -> Path:
        """The file that lets a client trust what this authority signed."""
        return self.folder / "authority.pem"

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client of ours needs for the same: no other authority is trusted."""
        return ssl.create_default_context(cafile=self.certificate)

    def issue(
        self,
        *hosts: str,
        key: PrivateKey | None = None,
        days: tuple[int, int] = _LASTS,
        usage: x509.ObjectIdentifier | None = None,
    ) -> Certificate:
        """Return a certificate for these names or addresses, of this key or a new one.

        `days`: from when to when it is good, counted from today. `usage`: what alone it is for.
        """
        key = key or ec.generate_private_key(ec.SECP256R1())
        made = self.begun(_subject(hosts[0]), key.public_key(), days)
        made = made.add_extension(x509.SubjectAlternativeName(list(map(_name, hosts))), False)  # noqa: FBT003 - not critical
        if usage:
            made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        stem = f"{hosts[0]}-{sum(1 for _ in self.folder.iterdir())}"
        files = Certificate(
            self.folder / f"{stem}.pem", self.folder / f"{stem}.key", self.certificate
        )
        own = made.sign(self.private, SHA256()).public_bytes(Encoding.PEM)
        files.certificate.write_bytes(own + self.chain)
        _write(key, files.key)
        return files

    def own(self) -> Certificate:
        """Return its own certificate, as a client comes with it."""
        key = self.folder / "authority.key"
        _write(self.private, key)
        return Certificate(self.certificate, key, self.certificate)

    @property
    def name(self) -> x509.Name:
        """As the issuer of what it signs."""
        return _subject(f"Throw-away authority of a test run, {self.folder.name}")

    @property
    def chain(self) -> bytes:
        """What whoever trusts the root alone must be sent: its certificate and those above."""
        if self.above is None:
            return b""
        return self.certificate.read_bytes() + self.above.chain

    def begun(
        self, subject: x509.Name, key: PublicKey, days: tuple[int, int]
    ) -> x509.CertificateBuilder:
        """Return a certificate that it has still to sign."""
        now, (begins, ends) = datetime.now(UTC), days
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.private.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=begins))
            .not_valid_after(now + timedelta(days=ends))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(issuer, critical=False)
        )


def _write(key: PrivateKey, file: Path) -> None:
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
