"""Guessing codes: bounded by account, whichever session or network the guesses come from.

The owner has tries that no guesser uses up: in a browser of their own, and with a mailed code.
"""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.limits.table import (
    SECOND_STEP,
    SECOND_STEP_DAILY,
    SECOND_STEP_MAILED_DAILY,
    SECOND_STEP_OWN,
    SECOND_STEP_OWN_DAILY,
)
from accounts.sessions.operations import end_everything
from tests.accounts import post
from tests.accounts.signin.second_step.two_steps import ANN, TwoSteps, ann
from tests.factories import people, ways

pytestmark = pytest.mark.django_db


def _guessers(number: int, *networks: str) -> list[TwoSteps]:
    guessers = [TwoSteps(network=networks[turn % len(networks)]) for turn in range(number)]
    for guesser in guessers:
        guesser.first_step()
    return guessers


def _use_up(way: str = "app") -> list[TwoSteps]:
    """Guess from everywhere until no more is looked at."""
    guessers = _guessers(7, *(f"192.0.2.{place}" for place in range(1, 8)))
    answers = [
        guessers[turn % 7].type(way, f"{turn:06}").status_code
        for turn in range(SECOND_STEP_DAILY.amount + 1)
    ]
    assert (answers[0], answers[-1]) == (200, 429)
    return guessers


def test_guesses_from_many_sessions_count_together() -> None:
    secret = ways.app(ann())
    guessers = _guessers(4, "192.0.2.1")
    for turn in range(SECOND_STEP.amount):
        assert guessers[turn % 4].type("app", f"{turn:06}").status_code == 200
    for guesser in guessers:
        response = guesser.type("app", ways.code_of(secret))
        assert response.status_code == 429
        assert response["Retry-After"]
        assert "Too many codes were wrong" in response.content.decode()
        assert guesser.session is None


def test_guesses_from_many_networks_count_together() -> None:
    secret = ways.app(ann())
    for guesser in _use_up():
        assert guesser.type("app", ways.code_of(secret)).status_code == 429
        assert guesser.session is None


def test_guesses_that_one_network_is_refused_do_not_use_up_the_others() -> None:
    secret = ways.app(ann())
    guesser, owner = TwoSteps(network="192.0.2.1"), TwoSteps(network="198.51.100.9")
    guesser.first_step()
    for turn in range(SECOND_STEP_DAILY.amount + 1):
        guesser.type("app", f"{turn:06}")
    owner.first_step()
    assert owner.type("app", ways.code_of(secret)).status_code == 303


def test_the_owner_goes_on_in_a_browser_of_their_own() -> None:
    secret, start = ways.app(ann()), timezone.now()
    owner = TwoSteps(network="198.51.100.9")
    owner.first_step()
    assert owner.type("app", ways.code_of(secret)).status_code == 303
    _use_up()
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        owner.first_step()
        assert owner.type("app", ways.code_of(secret)).status_code == 303


def test_the_owner_goes_on_in_a_browser_that_we_remember() -> None:
    secret, start = ways.app(ann()), timezone.now()
    owner = TwoSteps(network="198.51.100.9")
    owner.first_step()
    owner.type("app", ways.code_of(secret), remember="on")
    _use_up()
    # Closed and opened again: what names a browser is gone, what remembers it stays.
    del owner.client.cookies[settings.BROWSER_COOKIE_NAME]
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        owner.first_step(remembered_device_will_do=False)
        assert owner.type("app", ways.code_of(secret)).status_code == 303


def test_guesses_in_a_browser_of_the_owners_are_bounded_too() -> None:
    secret, start = ways.app(ann()), timezone.now()
    tablet, typed = TwoSteps(), 0
    tablet.first_step()
    tablet.type("app", ways.code_of(secret))
    for quarter in range(1, 5):
        with time_machine.travel(start + timedelta(minutes=16 * quarter), tick=False):
            tablet.first_step()
            answers = [tablet.type("app", f"{turn:06}") for turn in range(SECOND_STEP_OWN.amount)]
            typed += sum(answer.status_code == 200 for answer in answers)
    # The right code that made it the owner's browser was counted among the strangers'.
    assert typed == SECOND_STEP_OWN_DAILY.amount


def test_a_password_alone_makes_no_browser_the_owners() -> None:
    account = ann()
    thief = TwoSteps()
    assert thief.first_step().status_code == 303
    assert thief.session is not None
    secret = ways.app(account)
    _use_up()
    thief.first_step()
    assert thief.type("app", ways.code_of(secret)).status_code == 429


def test_whoever_was_sent_away_has_no_browser_of_their_own_any_more() -> None:
    account = ann()
    secret, start = ways.app(account), timezone.now()
    ex = TwoSteps()
    ex.first_step()
    ex.type("app", ways.code_of(secret))
    end_everything(account=account, by=resident(account))
    _use_up()
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        ex.first_step()
        assert ex.type("app", ways.code_of(secret)).status_code == 429


def test_a_shared_computer_is_nobodys_own_browser() -> None:
    secret, start = ways.app(ann()), timezone.now()
    reader = TwoSteps()
    reader.first_step(is_shared_device=True)
    values = {"sign_in_name": ANN, "password": people.PASSWORD, "flow": reader.begin()}
    reader.flow = values["flow"]
    reader.client.post("/sign-in", {**values, "shared_device": "on"})
    assert reader.type("app", ways.code_of(secret)).status_code == 303
    _use_up()
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        reader.first_step()
        assert reader.type("app", ways.code_of(secret)).status_code == 429


def test_a_mailed_code_gives_the_owner_tries_of_their_own_wherever_they_are() -> None:
    secret = ways.app(ann())
    thief = _use_up()[0]
    owner = TwoSteps(network="198.51.100.9")
    owner.first_step()
    refused = owner.type("app", ways.code_of(secret))
    assert refused.status_code == 429
    assert "Send me a code" in refused.content.decode()
    values = {"flow": owner.flow, "sign_in_name": ANN}
    asked = owner.client.post("/sign-in/send-code", values)
    assert "from where you were" in owner.get(asked["Location"]).content.decode()
    typed = {"flow": owner.flow, "code": post.newest().code}
    went_on = owner.client.post("/sign-in/mailed-code", typed)
    assert went_on["Location"] == f"/sign-in/go-on?flow={owner.flow}"
    assert thief.type("app", ways.code_of(secret)).status_code == 429
    assert owner.type("app", ways.code_of(secret)).status_code == 303


def test_guesses_after_a_mailed_code_are_bounded_whichever_sign_in_it_was_typed_in() -> None:
    account, start = ann(), timezone.now()
    secret, typed = ways.app(account), 0
    for quarter in range(4):
        with time_machine.travel(start + timedelta(minutes=16 * quarter), tick=False):
            reader = TwoSteps(network=f"192.0.2.{quarter}")
            reader.first_step(mailbox_proved_key=account.sign_in_key)
            answers = [reader.type("app", f"{turn:06}") for turn in range(12)]
            typed += sum(answer.status_code == 200 for answer in answers)
            refused = reader.type("app", ways.code_of(secret))
            assert refused.status_code == 429
            assert "Send me a code" not in refused.content.decode()
    assert typed == SECOND_STEP_MAILED_DAILY.amount


def test_the_mail_of_another_account_gives_no_tries() -> None:
    secret = ways.app(ann())
    _use_up()
    thief = TwoSteps()
    thief.first_step(mailbox_proved_key="ben@example.org")
    assert thief.type("app", ways.code_of(secret)).status_code == 429


def test_the_owner_goes_on_by_another_way_and_later_by_the_same() -> None:
    account = ann()
    secret, codes = ways.app(account), ways.sheet(account)
    _use_up()
    owner = TwoSteps(network="198.51.100.9")
    owner.first_step()
    refused = owner.type("app", ways.code_of(secret))
    assert "Use your printed sheet of codes" in refused.content.decode()
    assert owner.type("code-sheet", codes[0]).status_code == 303
    with time_machine.travel(timezone.now() + SECOND_STEP_DAILY.window):
        later = TwoSteps()
        later.first_step()
        assert later.type("app", ways.code_of(secret)).status_code == 303


def test_patience_does_not_help() -> None:
    secret, start = ways.app(ann()), timezone.now()
    guesser, typed = TwoSteps(), 0
    for quarter in range(24):
        with time_machine.travel(start + timedelta(minutes=16 * quarter), tick=False):
            guesser.first_step()
            answers = [guesser.type("app", f"{turn:06}") for turn in range(SECOND_STEP.amount)]
            typed += sum(answer.status_code == 200 for answer in answers)
            if quarter > 12:
                assert guesser.type("app", ways.code_of(secret)).status_code == 429
                break
    assert typed <= SECOND_STEP_DAILY.amount


def test_a_right_code_lets_the_owner_mistype_again() -> None:
    secret, start = ways.app(ann()), timezone.now()
    owner = TwoSteps()
    for turn in range(3):
        with time_machine.travel(start + timedelta(seconds=60 * turn), tick=False):
            owner.first_step()
            for wrong in range(SECOND_STEP.amount - 1):
                assert owner.type("app", f"{wrong:06}").status_code == 200
            assert owner.type("app", ways.code_of(secret)).status_code == 303
