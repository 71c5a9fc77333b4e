"""The decision between sign-in, account, sharing page and answer, rule by rule."""

from dataclasses import replace

import pytest

from accounts.assurance import Level
from idp.consent.rules import Coverage
from idp.oidc.authorize.next_step import (
    Answer,
    AskConsent,
    ConfirmAccount,
    Facts,
    Refuse,
    SignIn,
    Step,
    next_step,
)
from idp.oidc.authorize.reasons import SILENT_ERRORS, Reason
from tests.idp.next_steps import SHARED, SINCE, TABLE, facts, prompts


@pytest.mark.parametrize(
    "given,expected",
    [pytest.param(given, expected, id=words) for words, given, expected in TABLE],
)
def test_each_state_has_one_next_step(given: Facts, expected: Step) -> None:
    assert next_step(given) == expected


def test_every_reason_stands_in_the_table() -> None:
    named = {step.reason for _, _, step in TABLE if not isinstance(step, Answer)}
    assert named == set(Reason)


@pytest.mark.parametrize(
    "given,step",
    [
        pytest.param(given, step, id=words)
        for words, given, step in TABLE
        if isinstance(step, SignIn | ConfirmAccount | AskConsent)
        and step.reason not in {Reason.ADDRESS_GONE, Reason.DETAILS_ADDED}
        and given.prompts <= {"login", "select_account", "consent"}
    ],
)
def test_with_prompt_none_the_same_reason_becomes_an_error(
    given: Facts, step: SignIn | ConfirmAccount | AskConsent
) -> None:
    silent = next_step(replace(given, prompts=given.prompts | {"none"}))
    assert silent == Refuse(SILENT_ERRORS[step.reason], step.reason)


def test_with_prompt_none_a_block_looks_like_nothing_agreed() -> None:
    blocked = next_step(facts(blocked=True, prompts=prompts("none")))
    unknown = next_step(facts(coverage=Coverage.NO_CONSENT, prompts=prompts("none")))
    assert blocked == unknown == Refuse("consent_required", Reason.NO_CONSENT)


def test_prompt_none_answers_when_nothing_is_missing() -> None:
    assert next_step(facts(prompts=prompts("none"))) == Answer()


def test_every_reason_that_interrupts_has_an_error_for_prompt_none() -> None:
    refused_at_once = {
        Reason.SANDBOX_OFF,
        Reason.APPLICATION_NOT_USABLE,
        Reason.ACCOUNT_NOT_USABLE,
        Reason.REAL_RESIDENT_AT_SANDBOX,
        Reason.TEST_RESIDENT_AT_LIVE,
        Reason.TEST_RESIDENT_OF_ANOTHER,
        Reason.STAFF,
    }
    assert set(SILENT_ERRORS) == set(Reason) - refused_at_once


@pytest.mark.parametrize(
    "given,first",
    [
        (
            facts(session=None, prompts=prompts("login", "consent"), max_age=0),
            SignIn(Reason.NO_SESSION),
        ),
        (
            facts(prompts=prompts("login", "select_account", "consent")),
            SignIn(Reason.PROMPT_LOGIN),
        ),
        (
            facts(prompts=prompts("select_account", "consent")),
            ConfirmAccount(Reason.PROMPT_SELECT_ACCOUNT),
        ),
        (
            facts(prompts=prompts("login", "select_account"), level=Level.TWO_FACTORS),
            SignIn(Reason.PROMPT_LOGIN),
        ),
        (
            facts(session=SHARED, level=Level.TWO_FACTORS),
            ConfirmAccount(Reason.SHARED_DEVICE),
        ),
        (
            facts(level=Level.TWO_FACTORS, prompts=prompts("consent")),
            SignIn(Reason.LEVEL),
        ),
        (
            facts(session=SINCE, prompts=prompts("login", "select_account", "consent"), max_age=0),
            AskConsent(Reason.PROMPT_CONSENT),
        ),
    ],
)
def test_what_is_asked_for_together_comes_one_after_another(given: Facts, first: Step) -> None:
    assert next_step(given) == first
