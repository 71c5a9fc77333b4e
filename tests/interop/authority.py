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
_NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Throw-away authority of a test run")])


@dataclass(frozen=True)
class Certificate:
    """A certificate, its key and the authority that signed it, each a file in PEM."""

    certificate: Path
    key: Path
    authority: Path


@dataclass
class Authority:
    """Its own key never leaves the process."""

    folder: Path
    _key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), init=False
    )

    def __post_init__(self) -> None:
        names = x509.KeyUsage(
            digital_signature=False,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=True,
            crl_sign=True,
            encipher_only=False,
            decipher_only=False,
        )
        own = _begun(_NAME, self._key.public_key(), signer=self._key.public_key())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        own = own.add_extension(names, critical=True)
        self.certificate.write_bytes(own.sign(self._key, SHA256()).public_bytes(Encoding.PEM))

    @property
    def certificate(self) -> Path:
        """The file that lets a client trust what this authority signed."""
        return self.folder / "authority.pem"

    @property
    def trust(self) -> ssl.SSLContext:
        """What a client of ours needs for the same: no other authority is trusted."""
        return ssl.create_default_context(cafile=self.certificate)

    def issue(self, *hosts: str, key: PrivateKey | None = None) -> Certificate:
        """Return a certificate for these names or addresses, of this key or a new one."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
        made = _begun(subject, key.public_key(), signer=self._key.public_key())
        made = made.add_extension(x509.SubjectAlternativeName(list(map(_name, hosts))), False)  # noqa: FBT003 - not critical
        stem = f"{hosts[0]}-{sum(1 for _ in self.folder.iterdir())}"
        files = Certificate(
            self.folder / f"{stem}.pem", self.folder / f"{stem}.key", self.certificate
        )
        files.certificate.write_bytes(made.sign(self._key, SHA256()).public_bytes(Encoding.PEM))
        files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return files


def _begun(
    subject: x509.Name,
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    *,
    signer: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(_NAME)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
