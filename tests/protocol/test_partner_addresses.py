"""Every address that a partner may give: which ones we ask ourselves, and that none leads inside.

What is refused and why is tested with the guard (tests/accounts/security/outgoing); here, that
everything that asks a partner's server goes through it.
"""

import json
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.security.outgoing import connection
from clients.models import Application
from idp.deliveries import sending
from idp.deliveries.rules import LIFETIME
from idp.models import Delivery
from idp.oidc.errors import ProtocolError
from idp.oidc.registration import sector
from idp.oidc.sharing import logo
from tests import factories
from tests.accounts.security.outgoing.servers import Answer, answering, serving
from tests.protocol.publisher import OLD
from tests.protocol.resident import Resident
from tests.protocol.signed_requests import ask
from tests.protocol.signing import SigningPartner

pytestmark = pytest.mark.once

HUGE: Final = b"x" * 1_000_000


def _keys(uri: str) -> bool:
    partner = SigningPartner.keyed(jwks=None, jwks_uri=uri)
    return partner.present(OLD.sign(partner.claims())).status_code == 200


def _request(uri: str) -> bool:
    partner = SigningPartner.keyed(request_uris=[uri])
    return bool(ask(Resident(), partner, request_uri=uri).status_code != 400)


def _sector(uri: str) -> bool:
    try:
        sector.check(uri, [factories.REDIRECT_URI])
    except ProtocolError:
        return False
    return True


def _logout(uri: str) -> bool:
    application = factories.application(backchannel_logout_uri=uri)
    delivery = Delivery.objects.create(
        application=application, sid="s", subject="s", expires_at=timezone.now() + LIFETIME
    )
    sending.send(delivery.pk)
    return Delivery.objects.get(pk=delivery.pk).state == Delivery.State.DELIVERED


def _logo(uri: str) -> bool:
    return logo.picture(uri) is not None


# Column -> asks its address, and says whether it took anything from there.
ASKED: Final[dict[str, Callable[[str], bool]]] = {
    "jwks_uri": _keys,
    "request_uris": _request,
    "sector_identifier_uri": _sector,
    "backchannel_logout_uri": _logout,
    "logo_uri": _logo,
}
# Only ever opened by a resident's own browser.
OPENED: Final = {
    *("redirect_uris", "post_logout_redirect_uris", "initiate_login_uri"),
    *("frontchannel_logout_uri", "home_url", "privacy_url", "terms_url"),
}
INSIDE: Final = (
    *("https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "https://192.168.0.1/"),
    *("https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[fe80::1]/"),
    *("https://[::ffff:10.0.0.1]/", "https://[64:ff9b::10.0.0.1]/", "https://2130706433/"),
    *("https://0x7f.1/", "https://printer.local/", "http://partner.example.org/"),
    *("https://me@partner.example.org/", "file:///etc/passwd", "gopher://partner.example.org/"),
)


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return which addresses somebody tried to connect to; nobody gets through."""
    tried: list[str] = []

    def refuse(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


def _lead(monkeypatch: pytest.MonkeyPatch, *look_ups: str) -> None:
    """Let each look-up of a name in turn lead to the next of these addresses."""
    left = list(look_ups)

    def getaddrinfo(_host: str, port: int, **_: Any) -> list[Any]:
        address = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(connection, "getaddrinfo", getaddrinfo)


def test_of_every_address_it_is_known_who_asks_it() -> None:
    names = {field.name for field in Application._meta.concrete_fields}  # noqa: SLF001
    addresses = {name for name in names if name.endswith(("_uri", "_uris", "_url", "_urls"))}
    assert addresses == ASKED.keys() | OPENED


@pytest.mark.parametrize("column", ASKED)
class TestInside:
    """Whatever got into the column, nothing inside is reached."""

    def test_an_address_that_leads_inside_by_itself(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch, column: str
    ) -> None:
        _lead(monkeypatch, "127.0.0.1")
        assert [uri for uri in INSIDE if ASKED[column](uri)] == []
        assert connected == []

    def test_a_name_that_leads_inside(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch, column: str
    ) -> None:
        for address in ("127.0.0.1", "10.0.0.1", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"):
            _lead(monkeypatch, address)
            assert not ASKED[column](f"https://partner.example.org/{len(address)}")
        assert connected == []

    def test_a_name_that_leads_elsewhere_the_second_time(
        self, connected: list[str], monkeypatch: pytest.MonkeyPatch, column: str
    ) -> None:
        _lead(monkeypatch, "8.8.8.8", "127.0.0.1")
        assert not ASKED[column]("https://partner.example.org/")
        assert connected == ["8.8.8.8"]


@pytest.mark.parametrize("column", ASKED)
class TestAnswers:
    """Of a server that may be asked."""

    def asked(self, settings: Settings, column: str, answer: Answer) -> bool:
        with serving(answer) as server:
            settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
            taken = ASKED[column](f"http://127.0.0.1:{server.port}/here")
        assert len(server.seen) == 1
        return taken

    def test_a_redirect_is_not_followed(self, settings: Settings, column: str) -> None:
        with serving(answering(b"")) as inside:
            head = f"HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:{inside.port}/"
            assert not self.asked(settings, column, answering(b"", head=head))
        assert inside.seen == []

    def test_a_huge_answer_is_not_read(self, settings: Settings, column: str) -> None:
        assert not self.asked(settings, column, answering(HUGE))

    def test_an_answer_that_does_not_end_is_not_waited_for(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, column: str
    ) -> None:
        soon = connection.Deadline.after
        monkeypatch.setattr(connection.Deadline, "after", lambda _seconds: soon(0.2))

        def stalls(to: socket.socket) -> None:
            to.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
            to.recv(1)

        began = timezone.now()
        assert not self.asked(settings, column, stalls)
        assert timezone.now() - began < timedelta(seconds=30)


# What is at a request_uri depends on who asks: test_rfc9101_request_uri.
RIGHT: Final = {
    "jwks_uri": json.dumps({"keys": [OLD.jwk]}).encode(),
    "sector_identifier_uri": json.dumps([factories.REDIRECT_URI]).encode(),
    "backchannel_logout_uri": b"",
    "logo_uri": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("column", RIGHT)
def test_each_takes_what_is_right(settings: Settings, column: str) -> None:
    """Or the tests above would show nothing."""
    with serving(answering(RIGHT[column])) as server:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
        assert ASKED[column](f"http://127.0.0.1:{server.port}/here")
