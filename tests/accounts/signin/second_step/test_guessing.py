"""Guessing codes: bounded by account, whichever session or network the guesses come from."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.limits.table import SECOND_STEP, SECOND_STEP_DAILY
from tests.accounts.signin.second_step.two_steps import TwoSteps, ann
from tests.factories import ways

pytestmark = pytest.mark.django_db


def _guessers(number: int) -> list[TwoSteps]:
    guessers = [TwoSteps(network=f"192.0.2.{place}") for place in range(1, number + 1)]
    for guesser in guessers:
        guesser.first_step()
    return guessers


def test_guesses_from_many_sessions_count_together() -> None:
    secret = ways.app(ann())
    guessers = _guessers(4)
    for turn in range(SECOND_STEP.amount):
        assert guessers[turn % 4].type("app", f"{turn:06}").status_code == 200
    for guesser in guessers:
        response = guesser.type("app", ways.code_of(secret))
        assert response.status_code == 429
        assert response["Retry-After"]
        assert "Too many codes were wrong" in response.content.decode()
        assert guesser.session is None


def test_the_owner_goes_on_by_another_way_and_later_by_the_same() -> None:
    account = ann()
    secret, codes = ways.app(account), ways.sheet(account)
    guesser, owner = TwoSteps(), TwoSteps(network="198.51.100.9")
    guesser.first_step()
    for turn in range(SECOND_STEP.amount + 1):
        guesser.type("app", f"{turn:06}")
    owner.first_step()
    refused = owner.type("app", ways.code_of(secret))
    assert "Use your printed sheet of codes" in refused.content.decode()
    assert owner.type("code-sheet", codes[0]).status_code == 303
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
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
