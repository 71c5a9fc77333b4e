"""No TLS session is gone on with, at the same host name or at the other one (RFC 8446 §2.2)."""

import socket
import ssl

import pytest

from tests.interop.authority import Authority
from tests.interop.nginx.conftest import Front
from tests.interop.nginx.server import HOST, MTLS_HOST

pytestmark = [pytest.mark.served, pytest.mark.once]

V1_2, V1_3 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3
TEXT = "x-client-certificate"


def _asked(
    front: Front, trust: ssl.SSLContext, name: str, session: ssl.SSLSession | None
) -> tuple[ssl.SSLSession | None, bool]:
    """Ask once at this host; return the session to go on with, and whether one was gone on with."""
    plain = socket.create_connection(("127.0.0.1", front.nginx.https_port), timeout=30)
    with trust.wrap_socket(plain, server_hostname=name, session=session) as connection:
        asked = f"GET /userinfo HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"
        connection.sendall(asked.encode())
        # TLS 1.3 gives sessions after the handshake: they come with the answer.
        while connection.recv(4096):
            pass
        return connection.session, bool(connection.session_reused)


@pytest.mark.parametrize("version", [V1_2, V1_3], ids=["1.2", "1.3"])
@pytest.mark.parametrize(
    "begun, next_at", [(MTLS_HOST, HOST), (HOST, MTLS_HOST), (MTLS_HOST, MTLS_HOST)]
)
def test_each_connection_shows_its_certificate_anew(
    front: Front, authority: Authority, version: ssl.TLSVersion, begun: str, next_at: str
) -> None:
    """Whoever was believed before the council took an authority away is not believed after it."""
    front.upstream.seen.clear()
    own = authority.issue("api.service.example")
    trust = ssl.create_default_context(cafile=front.authority)
    trust.minimum_version = trust.maximum_version = version
    trust.load_cert_chain(own.certificate, own.key)
    session, _goes_on = _asked(front, trust, begun, None)
    assert session is not None
    _session, goes_on = _asked(front, trust, next_at, session)
    assert not goes_on
    told = [TEXT in one.headers for one in front.upstream.seen]
    front.upstream.seen.clear()
    assert told == [begun == MTLS_HOST, next_at == MTLS_HOST]
