"""Pending sign-ins: whose they are, how long they last, where they lead."""

from datetime import timedelta
from typing import cast

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone

from accounts.models import PendingSignIn, Session
from accounts.security.browser import BrowserId
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "\\\\evil.example",
    "evil.example",
    " /account",
    "/account\r\nX: y",
    "/a\x00b",
    "/é",
    "",
    "/" + "a" * 500,
]


@pytest.fixture(autouse=True)
def _ann() -> None:
    people.account("ann@example.org", password=people.PASSWORD)


def _location(visitor: Visitor, return_to: str) -> str:
    response = visitor.client.get("/sign-in", {"return_to": return_to})
    return str(response["Location"])


@pytest.mark.parametrize("return_to", ELSEWHERE)
def test_a_sign_in_never_leads_to_another_site(return_to: str) -> None:
    visitor = Visitor()
    assert _location(visitor, return_to).startswith("/sign-in?flow=")
    assert PendingSignIn.objects.get().return_to == "/account"
    visitor.submit("ann@example.org")
    assert _location(visitor, return_to) == "/account"


@pytest.mark.parametrize("return_to", ELSEWHERE)
def test_no_feature_can_begin_a_flow_that_leads_to_another_site(return_to: str) -> None:
    with pytest.raises(ValueError, match="path of this site"):
        flows.begin(_request(), return_to=return_to)


def _request() -> BoroughRequest:
    request = cast("BoroughRequest", RequestFactory().get("/"))
    request.browser = BrowserId()
    request.signed_in = None
    request.test_group = None
    return request


@pytest.mark.parametrize("return_to", ["/", "/account", "/authorize/continue?request=a-b_c&x=%2F"])
def test_a_sign_in_leads_to_any_page_of_this_site(return_to: str) -> None:
    visitor = Visitor()
    response = visitor.submit("ann@example.org", flow=visitor.begin(return_to))
    assert response["Location"] == return_to


def test_a_visit_without_a_flow_begins_one_that_leads_to_the_account() -> None:
    visitor = Visitor()
    address = visitor.get("/sign-in")["Location"]
    assert visitor.get(address).status_code == 200
    flow = PendingSignIn.objects.get()
    assert address == f"/sign-in?flow={flow.pk}"
    assert flow.return_to == "/account"


def test_a_flow_of_another_browser_is_like_none_at_all() -> None:
    theirs = Visitor().begin()
    mine = Visitor()
    mine.begin()
    for flow in (theirs, "B" * 43):
        page = mine.get(f"/sign-in?flow={flow}")
        assert page.status_code == 400
        assert "You need to start again" in page.content.decode()
        assert mine.submit("ann@example.org", flow=flow).status_code == 400
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "flow", ["", "short", "B" * 44, "B" * 42 + "\x00", "B" * 42 + "é", "B" * 100_000, "..", "%00"]
)
def test_a_malformed_flow_is_refused(flow: str) -> None:
    visitor = Visitor()
    assert visitor.client.get("/sign-in", {"flow": flow}).status_code == 400
    assert visitor.client.post("/sign-in", {"flow": flow}).status_code == 400


def test_a_flow_named_twice_is_refused() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    assert visitor.get(f"/sign-in?flow={flow}&flow={flow}").status_code == 400
    assert visitor.client.post("/sign-in", {"flow": [flow, flow]}).status_code == 400


def test_the_flow_of_a_form_is_read_from_the_form_alone() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    values = {"sign_in_name": "ann@example.org", "password": people.PASSWORD}
    assert visitor.client.post(f"/sign-in?flow={flow}", values).status_code == 400


def test_an_expired_flow_leads_on_to_a_new_one_with_nothing_lost() -> None:
    visitor = Visitor()
    flow = visitor.begin(
        "/help/privacy",
        service_name="Council Tax",
        login_hint="ann@example.org",
        expires_at=timezone.now(),
    )
    page = visitor.get(f"/sign-in?flow={flow}")
    assert page.status_code == 400
    assert "This page was open for too long" in page.content.decode()
    renewed = PendingSignIn.objects.latest("created_at")
    assert f"/sign-in?flow={renewed.pk}" in page.content.decode()
    assert "Sign in to Council Tax" in visitor.get(f"/sign-in?flow={renewed.pk}").content.decode()
    assert visitor.submit("ann@example.org", flow=renewed.pk)["Location"] == "/help/privacy"


def test_a_flow_leads_to_one_session_only() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    assert visitor.submit("ann@example.org", flow=flow).status_code == 303
    again = visitor.submit("ann@example.org", flow=flow)
    assert again.status_code == 400
    assert "You are already signed in" in again.content.decode()
    assert Session.objects.count() == 1


def test_going_back_after_signing_out_offers_to_start_again() -> None:
    visitor = Visitor()
    flow = visitor.begin(login_hint="ann@example.org")
    visitor.submit("ann@example.org", flow=flow)
    visitor.client.post("/sign-out")
    page = visitor.get(f"/sign-in?flow={flow}").content.decode()
    assert "You need to start again" in page
    assert "ann@example.org" not in page


def test_two_tabs_keep_to_their_own_way() -> None:
    visitor = Visitor()
    first, second = visitor.begin("/help/privacy"), visitor.begin("/help/cookies")
    assert visitor.submit("ann@example.org", flow=second)["Location"] == "/help/cookies"
    assert visitor.submit("ann@example.org", flow=first)["Location"] == "/help/privacy"
    assert Session.objects.filter(ended_at=None).count() == 1


def test_a_tab_left_open_goes_on_once_another_has_signed_in() -> None:
    visitor = Visitor()
    waiting = visitor.begin("/help/privacy")
    visitor.submit("ann@example.org")
    response = visitor.get(f"/sign-in?flow={waiting}")
    assert (response.status_code, response["Location"]) == (302, "/help/privacy")


def test_a_session_from_before_the_flow_does_not_spare_the_password() -> None:
    visitor = Visitor()
    visitor.submit("ann@example.org")
    page = visitor.get(f"/sign-in?flow={visitor.begin()}")
    assert page.status_code == 200
    assert "We need to check it is you again" in page.content.decode()


def test_a_flow_for_someone_else_asks_even_when_another_tab_has_signed_in() -> None:
    visitor = Visitor()
    flow = visitor.begin(as_someone_else=True)
    visitor.submit("ann@example.org")
    page = visitor.get(f"/sign-in?flow={flow}")
    assert page.status_code == 200
    assert "This signs out the person who is signed in" in page.content.decode()


def test_a_flow_lasts_as_long_as_the_settings_say() -> None:
    visitor = Visitor()
    visitor.get("/sign-in")
    row = PendingSignIn.objects.get()
    assert abs(row.expires_at - row.created_at - settings.FLOW_LIFETIME) < timedelta(seconds=1)


@pytest.mark.parametrize("hint", ["x" * 255, "ann\x00", "ann\n", "\u202egro.elpmaxe@nna"])
def test_a_hint_that_no_name_field_can_hold_is_left_out(hint: str) -> None:
    flows.begin(_request(), return_to="/", wanted=flows.Wanted(login_hint=hint))
    assert PendingSignIn.objects.get().login_hint == ""
