"""Signing in with a name and a password."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from accounts.assurance import Level, Method
from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent, Session
from accounts.security import keyed_hash
from accounts.signals import session_ended
from accounts.suspension.operations import suspend
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_the_right_password_leads_back_to_where_the_sign_in_began() -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    response = visitor.submit("ann@example.org", flow=visitor.begin("/help/privacy?x=1"))
    assert (response.status_code, response["Location"]) == (303, "/help/privacy?x=1")
    session = visitor.session
    assert session is not None
    assert session.account == account
    assert session.level == Level.ONE_FACTOR
    assert [proof["method"] for proof in session.proofs] == [Method.PASSWORD]


@pytest.mark.parametrize("typed", ["ann@bücher.example", "Ann@XN--BCHER-KVA.example"])
def test_an_address_counts_the_same_with_its_domain_in_either_spelling(typed: str) -> None:
    people.account("ann@xn--bcher-kva.example", password=people.PASSWORD)
    assert Visitor().submit(typed).status_code == 303


@pytest.mark.parametrize(
    "typed", ["ANN@Example.org", "  ann@example.org ", "\uff41\uff4e\uff4e@example.org"]
)
def test_a_name_counts_the_same_in_any_case_width_and_with_blanks_around(typed: str) -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    assert Visitor().submit(typed).status_code == 303


def test_a_password_counts_the_same_however_a_keyboard_composes_its_letters() -> None:
    composed = "crème brûlée garden"
    people.account("ann@example.org", password=composed)
    typed = unicodedata.normalize("NFD", composed)
    assert Visitor().submit("ann@example.org", typed).status_code == 303


def test_blanks_around_a_password_count() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    assert Visitor().submit("ann@example.org", f" {people.PASSWORD}").status_code == 200


def test_two_accounts_that_share_a_mailbox_sign_in_by_their_own_names() -> None:
    people.account("home@example.org", password="first person's words")
    second = people.account(
        "home@example.org", password="second person's words", sign_in_name="ben-of-number-4"
    )
    visitor = Visitor()
    visitor.submit("ben-of-number-4", "second person's words")
    assert visitor.session is not None
    assert visitor.session.account == second


def test_every_sign_in_makes_a_new_session_and_cookie() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    seen = set()
    for _time in range(3):
        visitor.submit("ann@example.org")
        assert visitor.session is not None
        seen.add((visitor.session.pk, visitor.cookie))
    assert len({pk for pk, _ in seen}) == len({cookie for _, cookie in seen}) == 3


def test_a_planted_session_cookie_never_becomes_the_signed_in_one() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    planted = "A" * 43
    visitor = Visitor()
    flow = visitor.begin()
    visitor.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = planted
    visitor.submit("ann@example.org", flow=flow)
    assert visitor.cookie != planted
    attacker = Visitor()
    attacker.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = planted
    assert attacker.session is None


def test_the_cookie_is_stored_only_as_a_keyed_hash() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    stored = Session.objects.get().cookie_hash
    assert visitor.cookie not in stored
    assert keyed_hash.matches("session-cookie", visitor.cookie, stored)


def test_signing_in_as_someone_else_ends_the_session_of_who_was_signed_in() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    people.account("ben@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    first = visitor.session
    assert first is not None
    told = _told(lambda: visitor.submit("ben@example.org"))
    assert told == [([first.pk], Session.EndReason.REPLACED, None)]
    first.refresh_from_db()
    assert first.ended_at is not None


def test_signing_in_again_as_the_same_person_names_the_session_that_takes_over() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ann@example.org")
    first = visitor.session
    assert first is not None
    told = _told(lambda: visitor.submit("ann@example.org"))
    assert told == [([first.pk], Session.EndReason.REPLACED, visitor.session)]


def test_a_sign_in_is_recorded_and_holds_no_name() -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)
    Visitor().submit("ann@example.org")
    event = AuditEvent.objects.get(event="account:session:started")
    assert (event.account_id, event.actor_id) == (account.pk, str(account.pk))
    assert "ann@" not in str(vars(event))


def test_a_password_hashed_at_other_costs_is_hashed_anew_at_the_next_sign_in() -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)
    with override_settings(ARGON2_TIME_COST=2):
        assert Visitor().submit("ann@example.org").status_code == 303
    account.refresh_from_db()
    assert "t=2" in account.password
    assert Visitor().submit("ann@example.org").status_code == 303


def test_a_password_changed_while_the_old_one_was_checked_signs_nobody_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = people.account("ann@example.org", password=people.PASSWORD)

    def check_then_suspend(*_: Any) -> bool:
        suspend(account=account, by=OPERATOR)
        return True

    monkeypatch.setattr("accounts.passwords.operations.check", check_then_suspend)
    visitor = Visitor()
    response = visitor.submit("ann@example.org")
    assert response.status_code == 200
    assert "The email address or password is not right" in response.content.decode()
    assert not Session.objects.exists()


def _told(act: Callable[[], object]) -> list[tuple[list[Any], str, Session | None]]:
    told: list[tuple[list[Any], str, Session | None]] = []

    def listen(**news: Any) -> None:
        told.append((news["sessions"], news["reason"], news["successor"]))

    session_ended.connect(listen)
    try:
        act()
    finally:
        session_ended.disconnect(listen)
    return told


def test_a_hash_is_of_the_kind_and_costs_that_the_settings_name() -> None:
    with override_settings(ARGON2_MEMORY_KIB=16, ARGON2_TIME_COST=3, ARGON2_PARALLELISM=2):
        assert make_password("x").startswith("argon2$argon2id$v=19$m=16,t=3,p=2$")
