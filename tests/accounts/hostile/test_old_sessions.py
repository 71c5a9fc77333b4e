"""A session from before a password change opens nothing."""

import pytest

from tests.accounts import post
from tests.accounts.recovery.reset.forgetful import Forgetful
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_a_reset_ends_the_thiefs_session() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    thief = Visitor()
    thief.submit("ann@example.org")
    assert thief.get("/account").status_code == 200
    owner = Forgetful()
    owner.choose(owner.link("ann@example.org"))
    assert thief.session is None
    assert thief.get("/account")["Location"].startswith("/sign-in")
    assert post.letters()


def test_a_password_typed_before_the_reset_finishes_no_sign_in_after_it() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    owner = Forgetful()
    link = owner.link("ann@example.org")
    owner.choose(link)
    thief = Visitor()
    assert thief.submit("ann@example.org").status_code == 200
    assert thief.session is None
