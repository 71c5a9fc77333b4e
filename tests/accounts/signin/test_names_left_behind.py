"""A name that was typed on a device that others use does not stand there for the next person."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.models import Account, PendingSignIn
from tests.accounts import post
from tests.accounts.visitor import Response, Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

ANN = "ann@example.org"
SHARED = {"shared_device": "on"}


@pytest.fixture(autouse=True)
def _ann() -> Account:
    return people.account(ANN, password=people.PASSWORD)


def typed(visitor: Visitor, flow: str, password: str, **more: str) -> Response:
    values = {"sign_in_name": ANN, "password": password, "flow": flow, **more}
    return visitor.client.post("/sign-in", values)


def named(response: Response) -> bool:
    return ANN in response.content.decode()


@pytest.mark.parametrize("password", ["", "wrong kettle marathon"])
def test_a_sign_in_that_failed_shows_no_name_where_others_use_the_device(password: str) -> None:
    visitor = Visitor()
    flow = visitor.begin()
    page = typed(visitor, flow, password, **SHARED)
    assert "There is a problem" in page.content.decode()
    assert not named(page)
    assert not named(visitor.get(f"/sign-in?flow={flow}"))


def test_on_a_device_of_ones_own_it_stays_to_be_corrected() -> None:
    visitor = Visitor()
    assert named(typed(visitor, visitor.begin(), "wrong kettle marathon"))


def test_a_name_that_a_service_suggests_is_not_shown_there_either() -> None:
    visitor = Visitor()
    assert named(visitor.get(f"/sign-in?flow={visitor.begin(login_hint=ANN)}"))
    shared = visitor.begin(login_hint=ANN, is_shared_device=True)
    assert not named(visitor.get(f"/sign-in?flow={shared}"))


@pytest.mark.parametrize("more", [SHARED, {}])
def test_a_form_sent_too_late_keeps_the_name_only_where_nobody_else_is(
    more: dict[str, str],
) -> None:
    visitor = Visitor()
    flow = visitor.begin()
    with time_machine.travel(timezone.now() + settings.FLOW_LIFETIME + timedelta(minutes=1)):
        again = typed(visitor, flow, "x", **more)
        assert named(visitor.get(again["Location"])) == (not more)


def test_the_back_button_finds_nothing_kept() -> None:
    visitor = Visitor()
    page = typed(visitor, visitor.begin(), "wrong kettle marathon")
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("more", [SHARED, {}])
def test_after_signing_out_the_next_sign_in_of_the_browser_names_nobody(
    more: dict[str, str],
) -> None:
    visitor = Visitor()
    typed(visitor, visitor.begin(), people.PASSWORD, **more)
    assert visitor.session is not None
    visitor.client.post("/sign-out")
    page = visitor.client.get("/sign-in", follow=True)
    assert page.status_code == 200
    assert not named(page)
    assert not named(visitor.get(f"/sign-in?flow={visitor.begin()}"))


@pytest.mark.parametrize("path", ["/reset-password", "/get-back-in"])
def test_whoever_asked_to_get_back_in_is_not_named_to_the_next_person(path: str) -> None:
    visitor = Visitor()
    sent = visitor.client.post(path, {"sign_in_name": ANN})
    assert not named(visitor.get(sent["Location"]))
    assert not named(visitor.get(path))
    assert not named(visitor.client.get("/sign-in", follow=True))


def test_a_sign_up_that_was_begun_is_not_named_to_the_next_person() -> None:
    visitor = Visitor()
    visitor.client.post("/sign-up", {"email": "ben@example.org", "flow": visitor.begin()})
    assert post.newest().to == "ben@example.org"
    flow = visitor.begin()
    for path in ("/sign-in", "/sign-up"):
        page = visitor.get(f"{path}?flow={flow}")
        assert page.status_code == 200
        assert "ben@example.org" not in page.content.decode()


def test_who_had_a_code_mailed_on_a_shared_device_is_not_named_by_what_comes_after() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    typed(visitor, flow, "wrong kettle marathon", **SHARED)
    visitor.client.post("/sign-in/send-code", {"sign_in_name": ANN, "flow": flow})
    assert not named(visitor.get(f"/sign-up?flow={flow}"))
    page = visitor.get(f"/sign-in/mailed-code?flow={flow}")
    assert "with the name that you typed" in page.content.decode()
    assert not named(page)
    visitor.client.post("/sign-in/send-code", {"flow": flow, "again": "yes"})
    assert [letter.to for letter in post.letters()] == [ANN, ANN]
    with time_machine.travel(timezone.now() + settings.FLOW_LIFETIME + timedelta(minutes=1)):
        assert visitor.get(f"/sign-in?flow={flow}").status_code == 400
        later = PendingSignIn.objects.latest("created_at")
        assert later.pk != flow
        for path in ("/sign-in", "/sign-up"):
            page = visitor.get(f"{path}?flow={later.pk}")
            assert page.status_code == 200
            assert not named(page)


def test_a_device_that_others_use_stays_one_when_the_sign_in_takes_too_long() -> None:
    visitor = Visitor()
    flow = visitor.begin()
    with time_machine.travel(timezone.now() + settings.FLOW_LIFETIME + timedelta(minutes=1)):
        typed(visitor, flow, "x", **SHARED)
        assert PendingSignIn.objects.latest("created_at").is_shared_device
