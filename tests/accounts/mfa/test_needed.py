"""Adding a way to sign in because a service needs one, and going back to the service."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.assurance import Level
from accounts.mfa.apps import operations as apps
from accounts.models import Session
from tests.accounts.mfa.owner import WAYS, Owner, asks_to_sign_in
from tests.accounts.signin.second_step.two_steps import TwoSteps
from tests.accounts.visitor import Response, Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

TWO = {
    "level": Level.TWO_FACTORS,
    "service_name": "Housing benefits",
    "give_up_to": "/help/contact",
}
BACK = "/help/privacy"


def _sent_to_add(visitor: Visitor) -> str:
    flow = visitor.begin(BACK, **TWO)
    response = visitor.submit("ann@example.org", flow=flow)
    assert response["Location"] == f"{WAYS}/needed?flow={flow}"
    return flow


def _add_app(owner: Owner, flow: str) -> Response:
    path = f"{WAYS}/app?flow={flow}"
    sealed = owner.hidden(path, "app")
    secret = apps.secret_in(owner.account, sealed) or b""
    return owner.client.post(path, {"app": sealed, "code": ways.code_of(secret)})


def test_the_page_names_the_service_offers_ways_and_a_way_back() -> None:
    owner = Owner()
    flow = _sent_to_add(owner)
    page = owner.get(f"{WAYS}/needed?flow={flow}").content.decode()
    assert "Housing benefits needs another way to sign in" in page
    assert f"{WAYS}/app?flow={flow}" in page
    assert f"{WAYS}/code-sheet?flow={flow}" in page
    assert 'href="/help/contact"' in page


def test_after_adding_one_the_service_goes_on() -> None:
    owner = Owner()
    flow = _sent_to_add(owner)
    assert _add_app(owner, flow)["Location"] == BACK
    assert owner.session is not None
    assert owner.session.level == Level.TWO_FACTORS
    assert owner.get(f"{WAYS}/needed?flow={flow}")["Location"] == BACK


def test_what_is_not_enough_leads_back_to_the_choice() -> None:
    owner = Owner()
    flow = owner.begin(BACK, **{**TWO, "level": Level.PHISHING_RESISTANT})
    owner.submit("ann@example.org", flow=flow)
    page = owner.get(f"{WAYS}/needed?flow={flow}").content.decode()
    assert "It needs a passkey" in page
    assert f"{WAYS}/app?flow" not in page
    assert _add_app(owner, flow)["Location"] == f"{WAYS}/needed?flow={flow}"


def test_a_service_that_needs_one_factor_never_asks_for_two() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    flow = visitor.begin(BACK, level=Level.ONE_FACTOR)
    assert visitor.submit("ann@example.org", flow=flow)["Location"] == BACK


def test_an_older_sign_in_is_made_anew_and_still_goes_back() -> None:
    owner = Owner()
    flow = _sent_to_add(owner)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        response = owner.get(f"{WAYS}/app?flow={flow}")
        assert asks_to_sign_in(response)
        again = owner.get(response["Location"])["Location"].partition("flow=")[2]
        back = owner.submit("ann@example.org", flow=again)["Location"]
        assert back == f"{WAYS}/app?flow={flow}"
        assert _add_app(owner, flow)["Location"] == BACK


def test_somebody_elses_or_an_unfinished_sign_in_leads_nowhere() -> None:
    owner = Owner()
    unfinished = owner.begin(BACK, **TWO)
    bob, stranger = people.account("bob@example.org", password=people.PASSWORD), Visitor()
    theirs = stranger.begin(BACK, **TWO)
    stranger.submit(bob.sign_in_name, flow=theirs)
    for flow in (unfinished, theirs, "x", "A" * 43, "\x00", ""):
        response = owner.client.get(f"{WAYS}/needed", {"flow": flow})
        assert response["Location"] == WAYS
    assert not Session.objects.filter(account=owner.account, level=Level.TWO_FACTORS).exists()


def test_whoever_has_a_second_way_is_asked_for_it_not_for_another() -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)
    secret, visitor = ways.app(account), TwoSteps()
    visitor.first_step(BACK, **TWO)
    assert "Go back without it" in visitor.page("app").content.decode()
    assert visitor.type("app", ways.code_of(secret))["Location"] == BACK
