"""The end of the wait by a passkey that was not made as asked, or by somebody who may not."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.audit.actor import OPERATOR
from accounts.mfa.passkeys.forms import BUTTON
from accounts.models import Account, AuditEvent, Passkey
from accounts.recovery.codes.operations import give_at_counter
from tests import factories
from tests.accounts.recovery.climber import Climber, recovery, wait_it_out
from tests.accounts.recovery.maker import ADDRESS, MAKE, ask, finish, opened, page, refused
from tests.accounts.recovery.reset.forgetful import NEW
from tests.factories.authenticators import Manner, SoftwareKey, decoded, key_of

pytestmark = pytest.mark.django_db

NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def clock() -> Any:  # noqa: ANN401 - a generator of time_machine's traveller
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ann() -> Account:
    """Have an account with a passkey alone."""
    account = factories.account(ADDRESS, password=None)
    key_of(account)
    return account


@pytest.mark.parametrize(
    "manner",
    [
        Manner(verified=False),
        Manner(stored=False),
        Manner(present=False),
        Manner(origin="https://evil.example"),
        Manner(domain="evil.example"),
        Manner(cross_origin=True),
        Manner(kind="webauthn.get"),
    ],
)
def test_a_passkey_that_was_not_made_as_asked_changes_nothing(
    ann: Account, clock: time_machine.Traveller, manner: Manner
) -> None:
    climber = opened(ann, clock)
    answer = SoftwareKey().make(ask(climber, ann).json(), manner)
    assert refused(climber, ann, answer)


@pytest.mark.parametrize("answer", ["", "x", "{}", "[" * 9000, "\x00"])
def test_without_an_answer_nothing_changes(
    ann: Account, clock: time_machine.Traveller, answer: str
) -> None:
    climber = opened(ann, clock)
    assert refused(climber, ann, answer)
    page = finish(climber, ann, answer).content.decode()
    assert f'href="#{BUTTON}"' in page
    assert f'id="{BUTTON}"' in page


def test_an_answer_counts_once_and_for_five_minutes(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber, key = opened(ann, clock), SoftwareKey()
    late = key.make(ask(climber, ann).json())
    clock.shift(timedelta(minutes=5))
    assert refused(climber, ann, late)
    used = key.make(ask(climber, ann).json(), Manner(verified=False))
    assert refused(climber, ann, used)
    again = key.make({**ask(climber, ann).json(), "challenge": _challenge_of(used)})
    assert refused(climber, ann, again)


def test_a_passkey_of_somebody_else_is_not_taken_over(
    ann: Account, clock: time_machine.Traveller
) -> None:
    theirs = key_of(factories.account("ben@example.org"))
    climber = opened(ann, clock)
    answer = theirs.make(ask(climber, ann).json())
    assert refused(climber, ann, answer)
    assert Passkey.objects.filter(authenticator__account=ann).count() == 1
    assert not AuditEvent.objects.filter(event="account:password:removed").exists()


def test_an_answer_to_another_accounts_recovery_or_another_page_changes_nothing(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    other = Climber()
    signing_in = other.client.post("/sign-in/passkey/options").json()["challenge"]
    wish = ask(climber, ann).json()
    assert refused(climber, ann, SoftwareKey().make({**wish, "challenge": signing_in}))


def test_an_answer_made_in_another_browser_changes_nothing(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber, other = opened(ann, clock), Climber()
    answer = SoftwareKey().make(ask(climber, ann).json())
    assert ask(other, ann).status_code == 404
    assert other.client.get(page(ann)).status_code == 409
    assert finish(other, ann, answer).status_code == 409
    assert recovery(ann).state == "waiting"


@pytest.mark.parametrize("named", ["", "x", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_names_no_recovery_is_refused(named: str) -> None:
    client = Climber().client
    assert client.get(MAKE, {"recovery": named}).status_code == 409
    assert client.post(f"{MAKE}?recovery={named}", {}).status_code == 409
    assert client.post(f"{MAKE}/options?recovery={named}", {}).status_code == 404


def test_nothing_is_made_before_the_wait_is_over_and_shown_again(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber, code = Climber(), give_at_counter(account=ann, by=OPERATOR)
    climber.type_code(ADDRESS, code)
    for hours in (0, 24):
        wait_it_out(clock, hours=hours)
        assert ask(climber, ann).status_code == 404
        assert finish(climber, ann, "x").status_code == 409


def test_after_half_an_hour_the_wish_and_the_answer_are_refused(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    clock.shift(timedelta(minutes=29))
    answer = SoftwareKey().make(ask(climber, ann).json())
    clock.shift(timedelta(minutes=1))
    assert ask(climber, ann).status_code == 404
    assert finish(climber, ann, answer).status_code == 409
    assert recovery(ann).state == "waiting"


def test_what_one_page_asks_for_does_not_do_on_the_other(
    ann: Account, clock: time_machine.Traveller
) -> None:
    climber = opened(ann, clock)
    address = f"/get-back-in/choose?recovery={recovery(ann).pk}"
    answer = SoftwareKey().make(ask(climber, ann).json())
    assert climber.client.post(address, {"passkey": answer}).status_code == 200
    assert climber.client.post(page(ann), {"password": NEW}).status_code == 200
    assert recovery(ann).state == "waiting"


def _challenge_of(answer: str) -> str:
    said = json.loads(decoded(json.loads(answer)["response"]["clientDataJSON"]))
    return str(said["challenge"])
