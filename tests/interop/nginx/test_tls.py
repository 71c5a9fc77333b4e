"""TLS as RFC 9325 (BCP 195) wants it, whatever Debian's own nginx.conf allows."""

import socket
import ssl

import pytest

from tests.interop.nginx.conftest import Front
from tests.interop.nginx.server import HOST

pytestmark = [
    pytest.mark.served,
    pytest.mark.once,
    # To offer the old versions is what is tested.
    pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning"),
]

V1_2, V1_3 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


def _offer(front: Front, version: ssl.TLSVersion, ciphers: str = "ALL") -> ssl.SSLSocket:
    context = ssl.create_default_context(cadata=None)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    # Level 0: this client would otherwise itself leave out what nginx has to refuse.
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    plain = socket.create_connection(("127.0.0.1", front.nginx.https_port), timeout=30)
    return context.wrap_socket(plain, server_hostname=HOST)


@pytest.mark.parametrize("version", [V1_2, V1_3], ids=["1.2", "1.3"])
def test_two_versions_are_spoken(front: Front, version: ssl.TLSVersion) -> None:
    with _offer(front, version) as connection:
        assert connection.version() == {V1_2: "TLSv1.2", V1_3: "TLSv1.3"}[version]


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1_1"])
def test_older_ones_are_refused(front: Front, version: str) -> None:
    """RFC 9325 §3.1.1; it is nginx that says so, by an alert."""
    with pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        _offer(front, ssl.TLSVersion[version])


@pytest.mark.parametrize(
    "cipher",
    ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"],
)
def test_authenticated_encryption_with_forward_secrecy_is_spoken(front: Front, cipher: str) -> None:
    with _offer(front, V1_2, f"ECDHE-ECDSA-{cipher}") as connection:
        assert connection.cipher() is not None


@pytest.mark.parametrize(
    "ciphers", ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-CCM8"]
)
def test_other_ciphers_are_refused(front: Front, ciphers: str) -> None:
    """RFC 9325 §4.1, §4.2."""
    with pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"):
        _offer(front, V1_2, ciphers)


def test_no_session_ticket_is_given(front: Front) -> None:
    with _offer(front, V1_2) as connection:
        assert connection.session is not None
        assert not connection.session.has_ticket


def test_the_certificate_is_the_one_that_was_named(front: Front) -> None:
    plain = socket.create_connection(("127.0.0.1", front.nginx.https_port), timeout=30)
    with front.trust.wrap_socket(plain, server_hostname=HOST) as connection:
        assert connection.getpeercert()
