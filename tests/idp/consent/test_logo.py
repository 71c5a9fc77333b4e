"""A service's logo on the sharing page: a picture that we fetched, or none."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from clients.models import Application
from tests import factories
from tests.accounts.security.outgoing.servers import Answer, Server, answering, serving
from tests.protocol.resident import Resident, request_id

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def resident() -> Resident:
    browser = Resident()
    browser.sign_in(factories.account())
    return browser


def _application(server: Server) -> Application:
    return factories.application(logo_uri=f"http://127.0.0.1:{server.port}/logo")


@pytest.fixture
def shown(resident: Resident, settings: Settings) -> "Shown":
    return Shown(resident, settings)


class Shown:
    """What the browser gets as the logo when the service's server answers so."""

    def __init__(self, resident: Resident, settings: Settings) -> None:
        self.resident, self.settings = resident, settings
        # What is tried here is what it answers, not when: a busy machine takes its time.
        settings.OUTGOING_TIMEOUT = timedelta(minutes=1)

    def of(self, answer: Answer) -> tuple[int, str, bytes]:
        with serving(answer) as server:
            self.settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
            page = self.resident.ask(_application(server))
            assert f"/consent/logo?request={request_id(page)}" in page.content.decode()
            got = self.resident.client.get(f"/consent/logo?request={request_id(page)}")
            assert len(server.seen) == 1
        return got.status_code, got["Content-Type"], got.content


@pytest.mark.parametrize(
    "begins,kind",
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
    ],
)
def test_a_picture_is_passed_on_as_what_it_is(shown: Shown, begins: bytes, kind: str) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html"
    assert shown.of(answering(begins, head=head)) == (200, kind, begins)


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        b"",
        b" " + PNG,
    ],
)
def test_nothing_else_is(shown: Shown, body: bytes) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: image/png"
    status, _kind, content = shown.of(answering(body, head=head))
    assert (status, content) == (404, b"")


@pytest.mark.parametrize(
    "head",
    ["HTTP/1.1 404 Not Found", "HTTP/1.1 302 Found\r\nLocation: https://inside.example.org/"],
)
def test_neither_is_what_comes_with_another_status(shown: Shown, head: str) -> None:
    assert shown.of(answering(PNG, head=head))[0] == 404


def test_neither_is_what_is_large(shown: Shown) -> None:
    assert shown.of(answering(PNG + b" " * 65536))[0] == 404


def test_nobody_inside_is_asked(resident: Resident) -> None:
    with serving(answering(PNG)) as server:
        page = resident.ask(_application(server))
        got = resident.client.get(f"/consent/logo?request={request_id(page)}")
        assert server.seen == []
    assert got.status_code == 404


def test_only_the_browser_of_the_request_gets_it(resident: Resident, settings: Settings) -> None:
    with serving(answering(PNG)) as server:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
        page = resident.ask(_application(server))
        got = Resident().client.get(f"/consent/logo?request={request_id(page)}")
        assert server.seen == []
    assert got.status_code == 400


def test_a_service_without_a_logo_has_none(resident: Resident) -> None:
    page = resident.ask(factories.application())
    assert "borough-logo" not in page.content.decode()
    got = resident.client.get(f"/consent/logo?request={request_id(page)}")
    assert got.status_code == 404


def test_terms_of_use_are_a_link(resident: Resident) -> None:
    page = resident.ask(factories.application(terms_url="https://service.example.org/terms"))
    text = page.content.decode()
    assert 'href="https://service.example.org/terms"' in text
    assert "Terms of use of Council Tax" in text
