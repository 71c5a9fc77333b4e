"""A session or a place that an attacker prepared never becomes the victim's."""

import pytest
from django.conf import settings

from accounts.models import Session
from accounts.security.tokens import random_token
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_a_session_cookie_that_was_planted_is_replaced_at_sign_in() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    planted = random_token()
    victim = Visitor()
    victim.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = planted
    assert victim.submit("ann@example.org").status_code == 303
    assert victim.cookie not in {"", planted}
    thief = Visitor()
    thief.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = planted
    assert thief.session is None


def test_signing_in_over_the_attackers_own_session_ends_it() -> None:
    people.account("eve@example.org", password=people.PASSWORD)
    ann = people.account("ann@example.org", password=people.PASSWORD)
    thief, victim = Visitor(), Visitor()
    thief.submit("eve@example.org")
    victim.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = thief.cookie
    victim.submit("ann@example.org")
    assert thief.session is None
    assert [session.account for session in Session.objects.filter(ended_at=None)] == [ann]


def test_every_sign_in_has_a_cookie_of_its_own() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor, cookies = Visitor(), set()
    for _time in range(3):
        visitor.submit("ann@example.org")
        cookies.add(visitor.cookie)
    assert len(cookies) == 3
    assert Session.objects.filter(ended_at=None).count() == 1


def test_a_sign_in_that_somebody_else_began_cannot_be_finished_here() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    thief, victim = Visitor(), Visitor()
    flow = thief.begin("/account")
    victim.get("/help/contact")
    assert victim.submit("ann@example.org", flow=flow).status_code == 400
    assert (victim.cookie, thief.cookie) == ("", "")
