"""New keys: what is kept of them, and which are refused."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit.actor import ANONYMOUS
from accounts.mfa.passkeys import operations, options
from accounts.mfa.passkeys.operations import Added, Asked, KeyKnownError
from accounts.mfa.passkeys.rules import MOST_KEYS, Refusal
from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    Challenge,
    OutboundMessage,
    Passkey,
)
from accounts.security.browser import BrowserId
from accounts.sessions.operations import AccountChangedError
from tests.factories import people
from tests.factories.authenticators import Manner, SoftwareKey, altered, encoded, key_of

pytestmark = pytest.mark.django_db

Kind = Authenticator.Kind
Purpose = Challenge.Purpose


@dataclass
class Bench:
    """One browser whose owner adds keys."""

    account: Account = field(default_factory=lambda: people.account(password=people.PASSWORD))
    browser: BrowserId = field(default_factory=BrowserId)
    kind: Authenticator.Kind = Kind.PASSKEY

    def asked(self, **how: Any) -> dict[str, Any]:
        """Ask to make a key."""
        wanted = {"name": "ann", "is_shared_device": False, **how}
        return options.for_adding(self.browser, account=self.account, kind=self.kind, **wanted)

    def add(self, answer: str, **how: Any) -> Added:
        """Give an answer."""
        asked = {"purpose": Purpose.ADD, "browser": self.browser, "account": self.account}
        return operations.add(
            session=people.session(self.account),
            asked=Asked(kind=self.kind, **{**asked, **how}),
            answer=answer,
            label="My phone",
            by=ANONYMOUS,
        )


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_new_passkey_is_kept_with_all_that_later_checks_need(bench: Bench) -> None:
    key = SoftwareKey()
    bench.add(key.make(bench.asked()))
    row = Passkey.objects.select_related("authenticator").get()
    added = row.authenticator
    assert (added.account, added.kind, added.label) == (bench.account, "passkey", "My phone")
    assert row.credential_id == encoded(key.id)
    assert row.public_key == encoded(key.public_key)
    assert row.transports == ["internal", "hybrid"]
    assert (row.backup_eligible, row.backed_up, row.user_verified) == (True, True, True)


def test_it_is_recorded_and_its_owner_is_told(bench: Bench) -> None:
    bench.add(SoftwareKey().make(bench.asked()))
    event = AuditEvent.objects.get(event="account:authenticator:added")
    assert event.object_kind == "passkey"
    assert OutboundMessage.objects.get().news[0]["news"] == "way_added"


def test_every_passkey_of_an_account_carries_the_same_random_handle(bench: Bench) -> None:
    first, second = bench.asked()["user"]["id"], bench.asked()["user"]["id"]
    assert first == second == Account.objects.get().user_handle
    assert len(first) == 86


def test_a_passkey_must_verify_its_user_and_store_itself(bench: Bench) -> None:
    selection = bench.asked()["authenticatorSelection"]
    assert selection["userVerification"] == "required"
    assert selection["residentKey"] == "required"
    assert bench.asked()["attestation"] == "none"


def test_a_security_key_need_do_neither(bench: Bench) -> None:
    bench.kind = Kind.SECURITY_KEY
    asked = bench.asked()
    assert asked["authenticatorSelection"]["userVerification"] == "discouraged"
    assert asked["authenticatorSelection"]["residentKey"] == "discouraged"
    assert asked["authenticatorSelection"]["authenticatorAttachment"] == "cross-platform"
    touched = Manner(verified=False, stored=False, backup_eligible=False, backed_up=False)
    assert bench.add(SoftwareKey().make(asked, touched)).refusal is None
    assert Authenticator.objects.get().kind == "security_key"


def test_a_device_that_others_use_keeps_no_passkey(bench: Bench) -> None:
    shared = bench.asked(is_shared_device=True)["authenticatorSelection"]
    assert shared["authenticatorAttachment"] == "cross-platform"


def test_a_browser_is_told_which_keys_the_account_has(bench: Bench) -> None:
    had = [key_of(bench.account), key_of(bench.account, Kind.SECURITY_KEY)]
    excluded = {known["id"] for known in bench.asked()["excludeCredentials"]}
    assert excluded == {encoded(key.id) for key in had}


@pytest.mark.parametrize(
    "manner, refusal",
    [
        (Manner(challenge="A" * 43), Refusal.CHALLENGE_NOT_OURS),
        (Manner(origin="https://evil.example"), Refusal.WRONG_ORIGIN),
        (Manner(cross_origin=True), Refusal.FRAMED),
        (Manner(top_origin="https://evil.example"), Refusal.FRAMED),
        (Manner(domain="evil.example"), Refusal.FORGED),
        (Manner(kind="webauthn.get"), Refusal.FORGED),
        (Manner(present=False), Refusal.FORGED),
        (Manner(verified=False), Refusal.FORGED),
        (Manner(backup_eligible=False), Refusal.FORGED),
        (Manner(stored=False), Refusal.NOT_STORED),
    ],
)
def test_a_key_that_was_not_made_as_asked_is_refused(
    bench: Bench, manner: Manner, refusal: Refusal
) -> None:
    assert bench.add(SoftwareKey().make(bench.asked(), manner)).refusal is refusal
    assert not Authenticator.objects.exists()


def test_a_browser_that_does_not_say_whether_it_stored_a_passkey_is_believed(bench: Bench) -> None:
    assert bench.add(SoftwareKey().make(bench.asked(), Manner(stored=None))).refusal is None


def test_an_answer_adds_one_key(bench: Bench) -> None:
    answer = SoftwareKey().make(bench.asked())
    bench.add(answer)
    assert bench.add(answer).refusal is Refusal.CHALLENGE_NOT_OURS


def test_a_key_made_elsewhere_or_for_somebody_else_is_refused(bench: Bench) -> None:
    answer = SoftwareKey().make(bench.asked())
    assert bench.add(answer, browser=BrowserId()).refusal is Refusal.CHALLENGE_NOT_OURS
    theirs = SoftwareKey().make(Bench(browser=bench.browser).asked())
    assert bench.add(theirs).refusal is Refusal.CHALLENGE_NOT_OURS


def test_a_key_belongs_to_one_account(bench: Bench) -> None:
    key = SoftwareKey()
    bench.add(key.make(bench.asked()))
    other = Bench()
    assert other.add(key.make(other.asked())).refusal is Refusal.ADDED_BEFORE
    assert bench.add(key.make(bench.asked())).refusal is Refusal.ADDED_BEFORE
    assert Authenticator.objects.count() == 1


def test_nobody_signs_up_with_a_key_of_somebody_else(bench: Bench) -> None:
    key = SoftwareKey()
    bench.add(key.make(bench.asked()))
    sign_up = options.for_sign_up(bench.browser, name="ann", is_shared_device=False)
    asked = Asked(Purpose.SIGN_UP, bench.browser)
    made = operations.check_new(answer=key.make(sign_up), asked=asked)
    with pytest.raises(KeyKnownError), transaction.atomic():
        operations.keep_first(account=people.account(), made=made, label="", by=ANONYMOUS)
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize("length, refusal", [(1023, None), (1024, Refusal.FORGED)])
def test_a_keys_id_has_1023_bytes_at_most(
    bench: Bench, length: int, refusal: Refusal | None
) -> None:
    """WebAuthn Level 3 §7.1, step 25; PostgreSQL would answer a longer one with an error."""
    key = SoftwareKey(id=secrets.token_bytes(length))
    assert bench.add(key.make(bench.asked())).refusal is refusal


def test_an_account_has_so_many_keys_and_no_more(bench: Bench) -> None:
    for _key in range(MOST_KEYS):
        key_of(bench.account)
    assert bench.add(SoftwareKey().make(bench.asked())).refusal is Refusal.TOO_MANY


@pytest.mark.parametrize(
    "had, at_one_factor", [((), True), ((Kind.RECOVERY_CODES,), True), ((Kind.APP,), False)]
)
def test_a_key_added_to_an_account_of_one_factor_is_marked_as_such(
    bench: Bench, *, had: tuple[Authenticator.Kind, ...], at_one_factor: bool
) -> None:
    for kind in had:
        Authenticator.objects.create(account=bench.account, kind=kind)
    bench.add(SoftwareKey().make(bench.asked()))
    assert Authenticator.objects.get(kind=Kind.PASSKEY).added_at_one_factor is at_one_factor


@pytest.mark.parametrize(
    "kind, level",
    [(Kind.PASSKEY, Level.PHISHING_RESISTANT), (Kind.SECURITY_KEY, Level.TWO_FACTORS)],
)
def test_the_session_rests_on_the_added_key_too(
    bench: Bench, kind: Authenticator.Kind, level: Level
) -> None:
    bench.kind = kind
    started = bench.add(SoftwareKey().make(bench.asked())).started
    assert started is not None
    assert started.session.level == level


def test_an_ended_session_adds_nothing(bench: Bench) -> None:
    ended = people.session(bench.account, ended_at=timezone.now())
    asked = Asked(Purpose.ADD, bench.browser, account=bench.account)
    answer = SoftwareKey().make(bench.asked())
    with pytest.raises(AccountChangedError):
        operations.add(session=ended, asked=asked, answer=answer, label="", by=ANONYMOUS)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("part", ["attestationObject", "clientDataJSON"])
@pytest.mark.parametrize("value", [None, "", "AA", "é", 7, "_" * 9000])
def test_what_no_browser_sends_is_refused(bench: Bench, part: str, value: object) -> None:
    answer = altered(SoftwareKey().make(bench.asked()), **{part: value})
    assert bench.add(answer).refusal in {Refusal.UNREADABLE, Refusal.FORGED}


@pytest.mark.parametrize("answer", ["", "null", "[" * 15_000, '{"id":"\\ud800"}'])
def test_what_is_no_answer_at_all_is_refused(bench: Bench, answer: str) -> None:
    assert bench.add(answer).refusal is Refusal.UNREADABLE
