"""Existing keys' answers: the honest one is believed, every other one is refused by name."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import ANONYMOUS
from accounts.mfa.passkeys import operations, options
from accounts.mfa.passkeys.operations import Asked, Checked
from accounts.mfa.passkeys.rules import Refusal
from accounts.models import Account, AuditEvent, Authenticator, Challenge, Passkey
from accounts.security.browser import BrowserId
from tests.factories import people
from tests.factories.authenticators import Manner, SoftwareKey, altered, decoded, encoded, key_of

pytestmark = pytest.mark.django_db

Kind = Authenticator.Kind
Purpose = Challenge.Purpose


@dataclass
class Bench:
    """One browser that signs in with its owner's passkey."""

    account: Account = field(default_factory=people.account)
    browser: BrowserId = field(default_factory=BrowserId)
    key: SoftwareKey = field(init=False)

    def __post_init__(self) -> None:
        self.key = key_of(self.account)

    def asked(self) -> dict[str, Any]:
        """Ask for any passkey."""
        return options.for_sign_in(self.browser)

    def check(self, answer: str, **how: Any) -> Checked:
        """Give an answer."""
        asked = Asked(**{"purpose": Purpose.SIGN_IN, "browser": self.browser, **how})
        return operations.check_assertion(answer=answer, asked=asked, by=ANONYMOUS)

    def passkey(self) -> Passkey:
        """Read the key's row."""
        return Passkey.objects.get(credential_id=encoded(self.key.id))


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_an_honest_answer_names_the_account_and_is_noted(bench: Bench) -> None:
    checked = bench.check(bench.key.get(bench.asked()))
    assert checked.refusal is None
    assert checked.authenticator is not None
    assert checked.authenticator.account == bench.account
    noted = Authenticator.objects.get().last_used_at
    assert noted is not None
    assert timezone.now() - noted < timedelta(minutes=1)


def test_an_answer_is_good_once(bench: Bench) -> None:
    answer = bench.key.get(bench.asked())
    bench.check(answer)
    assert bench.check(answer).refusal is Refusal.CHALLENGE_NOT_OURS


def test_a_refused_answer_uses_its_challenge_up(bench: Bench) -> None:
    asked = bench.asked()
    bench.check(bench.key.get(asked, Manner(verified=False)))
    assert bench.check(bench.key.get(asked)).refusal is Refusal.CHALLENGE_NOT_OURS


@pytest.mark.parametrize("seconds, refusal", [(299, None), (300, Refusal.CHALLENGE_NOT_OURS)])
def test_a_challenge_lasts_five_minutes(
    bench: Bench, seconds: int, refusal: Refusal | None
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as now:
        answer = bench.key.get(bench.asked())
        now.shift(seconds)
        assert bench.check(answer).refusal is refusal


def test_an_answer_from_another_browser_is_refused(bench: Bench) -> None:
    answer = bench.key.get(bench.asked())
    assert bench.check(answer, browser=BrowserId()).refusal is Refusal.CHALLENGE_NOT_OURS


def test_a_challenge_serves_the_purpose_it_was_made_for(bench: Bench) -> None:
    asked = options.for_second_step(bench.browser, account=bench.account, kind=Kind.PASSKEY)
    assert bench.check(bench.key.get(asked)).refusal is Refusal.CHALLENGE_NOT_OURS


@pytest.mark.parametrize(
    "manner, refusal",
    [
        (Manner(challenge="A" * 43), Refusal.CHALLENGE_NOT_OURS),
        (Manner(challenge="short"), Refusal.CHALLENGE_NOT_OURS),
        (Manner(challenge="é\x00"), Refusal.CHALLENGE_NOT_OURS),
        (Manner(origin="https://evil.example"), Refusal.WRONG_ORIGIN),
        (Manner(cross_origin=True), Refusal.FRAMED),
        (Manner(top_origin="https://evil.example"), Refusal.FRAMED),
        (Manner(domain="evil.example"), Refusal.FORGED),
        (Manner(kind="webauthn.create"), Refusal.FORGED),
        (Manner(kind="payment.get"), Refusal.FORGED),
        (Manner(present=False), Refusal.FORGED),
        (Manner(verified=False), Refusal.USER_NOT_VERIFIED),
        (Manner(backup_eligible=False, backed_up=False), Refusal.BACKUP_CHANGED),
        (Manner(user_handle=encoded(b"x" * 64)), Refusal.WRONG_OWNER),
    ],
)
def test_a_lie_is_refused_by_its_name(bench: Bench, manner: Manner, refusal: Refusal) -> None:
    assert bench.check(bench.key.get(bench.asked(), manner)).refusal is refusal
    event = AuditEvent.objects.get(event="account:sign_in:refused")
    assert (event.reason, event.account_id) == (refusal, bench.account.pk)


def test_a_browser_that_says_nothing_of_frames_is_believed(bench: Bench) -> None:
    answer = bench.key.get(bench.asked(), Manner(cross_origin=None))
    assert bench.check(answer).refusal is None


def test_an_answer_without_an_owner_is_refused(bench: Bench) -> None:
    answer = altered(bench.key.get(bench.asked()), userHandle=None)
    assert bench.check(answer).refusal is Refusal.WRONG_OWNER


def test_another_keys_signature_is_refused(bench: Bench) -> None:
    foreign = SoftwareKey(id=bench.key.id, user_handle=bench.key.user_handle)
    assert bench.check(foreign.get(bench.asked())).refusal is Refusal.FORGED


def test_a_key_that_nobody_added_is_refused(bench: Bench) -> None:
    foreign = SoftwareKey(user_handle=bench.key.user_handle)
    assert bench.check(foreign.get(bench.asked())).refusal is Refusal.UNKNOWN
    assert AuditEvent.objects.get().account_id is None


def test_a_key_of_somebody_else_signs_in_nobody_else(bench: Bench) -> None:
    other = key_of(people.account())
    answer = other.get(bench.asked(), Manner(user_handle=bench.key.user_handle))
    assert bench.check(answer).refusal is Refusal.WRONG_OWNER


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
def test_whatever_is_altered_after_signing_is_refused(bench: Bench, part: str) -> None:
    answer = bench.key.get(bench.asked())
    signed = bytearray(decoded(json.loads(answer)["response"][part]))
    signed[-1] ^= 1
    assert bench.check(altered(answer, **{part: encoded(bytes(signed))})).refusal is not None
    assert Authenticator.objects.get().last_used_at is None


def test_a_cloned_key_is_refused_once_its_counter_stands_still(bench: Bench) -> None:
    Passkey.objects.update(sign_count=7)
    for counter in (7, 6, 0):
        answer = bench.key.get(bench.asked(), Manner(counter=counter))
        assert bench.check(answer).refusal is Refusal.CLONED
    assert bench.check(bench.key.get(bench.asked(), Manner(counter=8))).refusal is None
    assert bench.passkey().sign_count == 8


def test_nobody_without_the_key_can_make_it_look_cloned(bench: Bench) -> None:
    Passkey.objects.update(sign_count=7)
    foreign = SoftwareKey(id=bench.key.id, user_handle=bench.key.user_handle)
    assert bench.check(foreign.get(bench.asked(), Manner(counter=1))).refusal is Refusal.FORGED


def test_whether_it_is_backed_up_is_kept_up_to_date(bench: Bench) -> None:
    bench.check(bench.key.get(bench.asked(), Manner(backed_up=False)))
    assert bench.passkey().backed_up is False


def test_a_suspect_key_opens_nothing(bench: Bench) -> None:
    Authenticator.objects.update(suspect_since=timezone.now())
    assert bench.check(bench.key.get(bench.asked())).refusal is Refusal.UNKNOWN


def test_a_security_key_signs_nobody_in_alone(bench: Bench) -> None:
    key = key_of(bench.account, Kind.SECURITY_KEY)
    assert bench.check(key.get(bench.asked())).refusal is Refusal.UNKNOWN


def test_a_related_website_of_ours_may_ask(bench: Bench, settings: Settings) -> None:
    settings.PASSKEY_ORIGINS = [settings.ISSUER, "https://account.example.org"]
    elsewhere = Manner(origin="https://account.example.org")
    assert bench.check(bench.key.get(bench.asked(), elsewhere)).refusal is None


def _second_step(bench: Bench, kind: Authenticator.Kind) -> Callable[[], dict[str, Any]]:
    return lambda: options.for_second_step(bench.browser, account=bench.account, kind=kind)


def test_behind_a_password_a_security_key_may_lack_a_pin_and_a_name(bench: Bench) -> None:
    key = key_of(bench.account, Kind.SECURITY_KEY)
    ask = _second_step(bench, Kind.SECURITY_KEY)
    touched = altered(key.get(ask(), Manner(verified=False)), userHandle=None)
    how = {"purpose": Purpose.SECOND_STEP, "account": bench.account, "kind": Kind.SECURITY_KEY}
    assert bench.check(touched, **how).refusal is None


def test_a_second_step_takes_the_keys_of_its_own_account_alone(bench: Bench) -> None:
    other = key_of(people.account(), Kind.SECURITY_KEY)
    ask = _second_step(bench, Kind.SECURITY_KEY)
    how = {"purpose": Purpose.SECOND_STEP, "account": bench.account, "kind": Kind.SECURITY_KEY}
    assert bench.check(other.get(ask()), **how).refusal is Refusal.UNKNOWN


def test_a_second_step_of_another_account_does_not_fit(bench: Bench) -> None:
    somebody = people.account()
    key = key_of(somebody, Kind.SECURITY_KEY)
    ask = _second_step(bench, Kind.SECURITY_KEY)
    how = {"purpose": Purpose.SECOND_STEP, "account": somebody, "kind": Kind.SECURITY_KEY}
    assert bench.check(key.get(ask()), **how).refusal is Refusal.CHALLENGE_NOT_OURS


def test_a_second_step_with_a_passkey_verifies_its_user_too(bench: Bench) -> None:
    ask = _second_step(bench, Kind.PASSKEY)
    how = {"purpose": Purpose.SECOND_STEP, "account": bench.account, "kind": Kind.PASSKEY}
    answer = bench.key.get(ask(), Manner(verified=False))
    assert bench.check(answer, **how).refusal is Refusal.USER_NOT_VERIFIED


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        "[" * 15_000,
        "9" * 15_000,
        '{"id":"\\ud800","rawId":"\\ud800","type":"public-key","response":{}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":"x"}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30"}}',
    ],
)
def test_what_no_browser_sends_is_refused_unread(bench: Bench, answer: str) -> None:
    assert bench.check(answer).refusal is Refusal.UNREADABLE
