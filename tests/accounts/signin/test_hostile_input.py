"""Input that no form of ours sends: answered, never a fault."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Session
from tests.accounts.visitor import Response, Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def _send(visitor: Visitor, body: bytes, content_type: str = FORM) -> Response:
    return visitor.client.post("/sign-in", body, content_type=content_type)


def _with_flow(visitor: Visitor, rest: bytes) -> bytes:
    return f"flow={visitor.begin()}&".encode() + rest


@pytest.mark.parametrize(
    "rest",
    [
        b"sign_in_name=a%00b&password=x",
        b"sign_in_name=a&password=x%00y",
        b"sign_in_name=%ED%A0%80&password=%ED%A0%80",
        b"sign_in_name=%FF%FE&password=%C0%80",
        b"sign_in_name=\xff\xfe&password=\x80",
        b"sign_in_name=" + b"a" * 60_000 + b"&password=x",
        b"sign_in_name=a&password=" + b"x" * 100_000,
        b"sign_in_name=%F0%9F%91%A9&password=%E2%80%AE",
        b"sign_in_name=a&sign_in_name=b&password=x&password=y",
        b"sign_in_name[]=a&password[]=b",
        b"",
        b"&&&===&&&",
    ],
)
def test_bytes_that_no_browser_sends_are_refused(rest: bytes) -> None:
    visitor = Visitor()
    assert _send(visitor, _with_flow(visitor, rest)).status_code == 200
    assert not Session.objects.exists()


def test_a_megabyte_of_password_is_refused_unread() -> None:
    visitor = Visitor()
    body = _with_flow(visitor, b"sign_in_name=a&password=" + b"x" * 1_000_000)
    response = _send(visitor, body)
    assert response.status_code == 400
    assert "We could not read what your browser sent" in response.content.decode()


def test_thousands_of_fields_are_refused() -> None:
    visitor = Visitor()
    assert _send(visitor, _with_flow(visitor, b"a=1&" * 2000)).status_code == 400


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=é",
        "",
    ],
)
def test_other_kinds_of_body_lead_nowhere(content_type: str) -> None:
    visitor = Visitor()
    body = urlencode({"flow": visitor.begin(), "sign_in_name": "a", "password": "b"}).encode()
    assert _send(visitor, body, content_type).status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Visitor().client, method)("/sign-in").status_code == 405


def test_a_look_without_a_body_is_allowed() -> None:
    visitor = Visitor()
    assert visitor.client.head(f"/sign-in?flow={visitor.begin()}").status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "é" * 43, "A" * 5000, "A" * 42 + '"', "\x00"])
def test_damaged_cookies_sign_nobody_in_and_stop_nobody(cookie: str) -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.client.cookies["session"] = cookie
    visitor.client.cookies["browser"] = cookie
    assert visitor.get("/sign-in").status_code == 302
    assert visitor.submit("ann@example.org").status_code == 303


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(name=st.text(max_size=40), password=st.text(max_size=40))
def test_no_text_is_a_fault(name: str, password: str) -> None:
    visitor = Visitor()
    body = urlencode(
        {"flow": visitor.begin(), "sign_in_name": name, "password": password},
        encoding="utf-8",
        errors="surrogatepass",
    )
    assert _send(visitor, body.encode()).status_code in {200, 429}
