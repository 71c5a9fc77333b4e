"""Whose word counts on the certificate that a request came with (RFC 8705 §6.5)."""

from typing import Any

import pytest

from idp.web_servers import CERTIFICATE, ClientCertificate, behind

WEB_SERVER = "192.0.2.10"
TEXT, VERIFIED = "HTTP_X_CLIENT_CERTIFICATE", "HTTP_X_CLIENT_CERTIFICATE_VERIFIED"
TOLD = {TEXT: "pem", VERIFIED: "SUCCESS"}


def seen(trusted: list[str], peer: str, **headers: str) -> dict[str, Any]:
    """Return what reaches the application of a request with these headers from this peer."""
    arrived: dict[str, Any] = {}

    def application(environ: dict[str, Any], _start: Any) -> list[bytes]:  # noqa: ANN401
        arrived.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **headers}
    behind(trusted, application)(environ, lambda *_: lambda _: None)
    return arrived


@pytest.mark.parametrize("trusted", [WEB_SERVER, "192.0.2.0/28"])
def test_the_web_server_is_believed(trusted: str) -> None:
    arrived = seen([trusted], WEB_SERVER, **TOLD)
    assert arrived[CERTIFICATE] == ClientCertificate("pem", is_verified=True)


@pytest.mark.parametrize("verified", ["", "NONE", "FAILED:self-signed certificate", "success", "1"])
def test_it_says_which_chain_it_verified(verified: str) -> None:
    arrived = seen([WEB_SERVER], WEB_SERVER, **TOLD | {VERIFIED: verified})
    assert arrived[CERTIFICATE] == ClientCertificate("pem", is_verified=False)


@pytest.mark.parametrize("trusted", [[], ["none"], [WEB_SERVER], ["nonsense"]])
@pytest.mark.parametrize("peer", ["203.0.113.66", "", "unix:", "::1", "::ffff:192.0.2.10"])
def test_nobody_else_is(trusted: list[str], peer: str) -> None:
    assert CERTIFICATE not in seen(trusted, peer, **TOLD)


def test_nor_whoever_says_that_the_web_server_passed_it_on() -> None:
    """The peer counts, not the address that stands in its place later."""
    arrived = seen([WEB_SERVER], "203.0.113.66", **TOLD, HTTP_X_FORWARDED_FOR=WEB_SERVER)
    assert CERTIFICATE not in arrived
    arrived = seen([WEB_SERVER], WEB_SERVER, **TOLD, HTTP_X_FORWARDED_FOR="203.0.113.66")
    assert CERTIFICATE in arrived
    assert arrived["REMOTE_ADDR"] == "203.0.113.66"


@pytest.mark.parametrize("peer", [WEB_SERVER, "203.0.113.66"])
def test_no_header_of_it_goes_further(peer: str) -> None:
    assert not {TEXT, VERIFIED} & seen([WEB_SERVER], peer, **TOLD).keys()


def test_without_a_certificate_its_check_says_nothing() -> None:
    assert CERTIFICATE not in seen([WEB_SERVER], WEB_SERVER, **{VERIFIED: "SUCCESS"})
