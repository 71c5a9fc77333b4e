"""Whoever reads the mailbox too, and wants nothing but to keep the owner out, does not."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from accounts.recovery.codes.operations import give_at_counter
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, path_of, recovery, wait_it_out
from tests.factories import people

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def ann() -> Account:
    return people.account(ADDRESS, password=people.PASSWORD)


def ex() -> Climber:
    return Climber(Client(REMOTE_ADDR="203.0.113.7"))


def spend(climber: Climber, address: str) -> None:
    """Try wrong codes until no more are looked at."""
    answers = [climber.client.post(address, {"code": "CCCCCCCC"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_wrong_codes_from_elsewhere_do_not_use_up_the_code_from_the_counter(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        code = give_at_counter(account=ann, by=OPERATOR)
        spend(ex(), f"/get-back-in/code/{ex().token(ADDRESS)}")
        assert Climber().type_code(ADDRESS, code).status_code == 302
        wait_it_out(clock, 24)
        for _hour in range(2):
            spend(ex(), post.newest().path("/get-back-in/go-on/"))
            clock.shift(timedelta(hours=1, minutes=1))
        owner = Climber()
        done = owner.choose(owner.go_on(code, "code"))
    assert path_of(done) == "/get-back-in/done"
    assert recovery(ann).state == "done"


def test_wrong_passwords_from_elsewhere_do_not_use_up_the_owners_tries(ann: Account) -> None:
    address = f"/get-back-in/password/{ex().token(ADDRESS)}"
    for _try in range(11):
        ex().client.post(address, {"password": "wrong kettle marathon"})
    assert Climber().know_password(ADDRESS).status_code == 302
    assert recovery(ann).state == "waiting"
