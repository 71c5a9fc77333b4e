"""Certificates that an authority should never have signed are refused, and break nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ssl import DER_cert_to_PEM_cert

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from tests.protocol.mtls.badges import NAME, SUBJECTS, BadgePartner, told
from tests.protocol.mtls.test_client_authentication import reason

# In DER: the object identifiers of the extension subjectAltName, and of one that nobody reads.
SAN, UNREAD = x509.ObjectIdentifier("2.5.29.17"), x509.ObjectIdentifier("2.5.29.99")
SAN_DER, UNREAD_DER = b"\x06\x03\x55\x1d\x11", b"\x06\x03\x55\x1d\x63"
DNS = b"\x30\x17\x82\x15api.riverside.example"
OF_NAMES = [kind for kind in SUBJECTS if kind != "subject_dn"]


def der(*extensions: tuple[x509.ObjectIdentifier, bytes]) -> bytes:
    """Return a certificate with these extensions, whatever they hold."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(NAME)
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(days=1),
        not_valid_after=now + timedelta(days=1),
    )
    for identifier, value in extensions:
        extension = x509.UnrecognizedExtension(identifier, value)
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


ODD_NAMES = {
    "an X.400 address": lambda: der((SAN, b"\x30\x02\xa3\x00")),
    "an EDI party": lambda: der((SAN, b"\x30\x02\xa5\x00")),
    "an IP address of three bytes": lambda: der((SAN, b"\x30\x05\x87\x03abc")),
    "no list of names": lambda: der((SAN, b"zz")),
    "not ASCII": lambda: der((SAN, b"\x30\x05\x82\x03a\xffb")),
    "two lists": lambda: der((SAN, DNS), (UNREAD, DNS)).replace(UNREAD_DER, SAN_DER),
}


@pytest.mark.parametrize("make", ODD_NAMES.values(), ids=ODD_NAMES)
@pytest.mark.parametrize("kind", OF_NAMES)
def test_one_whose_names_cannot_be_read_has_none(
    kind: str, make: Callable[[], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    """RFC 5280 §4.2, §4.2.1.6."""
    partner = BadgePartner.named(kind)
    partner.told = told(DER_cert_to_PEM_cert(make()))
    assert reason(partner, caplog) == "certificate_malformed"


@pytest.mark.parametrize("make", [BadgePartner.named, BadgePartner.keyed])
def test_one_of_no_known_version_is_refused(
    make: Callable[[], BadgePartner], caplog: pytest.LogCaptureFixture
) -> None:
    """RFC 5280 §4.1.2.1: there are three."""
    partner = make()
    odd = der((SAN, DNS)).replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07", 1)
    partner.told = told(DER_cert_to_PEM_cert(odd))
    assert reason(partner, caplog) == "certificate_malformed"


def test_a_name_with_a_nul_is_not_what_stands_before_it(caplog: pytest.LogCaptureFixture) -> None:
    partner = BadgePartner.named("san_dns")
    name = b"api.riverside.example\0.evil.example"
    partner.told = told(DER_cert_to_PEM_cert(der((SAN, b"\x30\x25\x82\x23" + name))))
    assert reason(partner, caplog) == "certificate_of_another_subject"
