"""Checking and setting passwords."""

import unicodedata

import pytest
from django.test import override_settings

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from accounts.passwords import hasher, operations
from tests.accounts.visitor import counted_hashes
from tests.factories import people

pytestmark = pytest.mark.django_db

NEW = "onion terrace window"


def _all_kinds() -> list[Account | None]:
    return [
        people.account(password=people.PASSWORD),
        people.account(password=None),
        people.account(password=people.PASSWORD, status="suspended"),
        None,
    ]


@pytest.mark.parametrize("password", ["wrong", "", "x" * 100_000, "\ud800", "\x00"])
def test_a_wrong_password_costs_one_hash_whoever_it_is_for(password: str) -> None:
    for account in _all_kinds():
        with counted_hashes() as hashes:
            assert not operations.check(account, password)
        assert hashes.call_count == 1


def test_the_right_password_costs_one_hash_too() -> None:
    account = people.account(password=people.PASSWORD)
    with counted_hashes() as hashes:
        assert operations.check(account, people.PASSWORD)
    assert hashes.call_count == 1


def test_a_password_longer_than_any_that_can_be_set_is_wrong() -> None:
    account = people.account(password="x" * 1000)
    assert operations.check(account, "x" * 1000)
    assert not operations.check(account, "x" * 1001)


def test_an_account_without_a_password_has_none_that_is_right() -> None:
    account = people.account(password=None)
    for guess in ("", "!", account.password):
        assert not operations.check(account, guess)


def _set(account: Account, password: str) -> None:
    encoded = operations.hashed(password)
    operations.set_password(account=account, encoded=encoded, event=Event.PASSWORD_RESET, by=SYSTEM)


def test_setting_a_password_replaces_the_old_one_and_is_recorded() -> None:
    account = people.account(password=people.PASSWORD)
    _set(account, NEW)
    account = Account.objects.get(pk=account.pk)
    assert operations.check(account, NEW)
    assert not operations.check(account, people.PASSWORD)
    assert account.password_changed_at is not None
    assert AuditEvent.objects.get().event == Event.PASSWORD_RESET


def test_a_hash_is_stored_and_never_the_password() -> None:
    assert NEW not in operations.hashed(NEW)
    assert operations.hashed(NEW).startswith("argon2$argon2id$")
    assert operations.hashed(NEW) != operations.hashed(NEW)


def test_composed_and_decomposed_letters_are_one_password() -> None:
    account = people.account()
    _set(account, "crème brûlée garden")
    assert operations.check(account, unicodedata.normalize("NFD", "crème brûlée garden"))


def test_new_costs_apply_to_old_passwords_when_they_are_next_right() -> None:
    account = people.account(password=people.PASSWORD)
    with override_settings(ARGON2_TIME_COST=2):
        assert not operations.check(account, "wrong")
        account.refresh_from_db()
        assert "t=1" in account.password
        assert operations.check(account, people.PASSWORD)
        account.refresh_from_db()
        assert "t=2" in account.password


def test_rehashing_never_brings_back_a_password_changed_meanwhile() -> None:
    account = people.account(password=people.PASSWORD)
    stale = Account.objects.get(pk=account.pk)
    _set(account, NEW)
    with override_settings(ARGON2_TIME_COST=2):
        operations.check(stale, people.PASSWORD)
    assert operations.check(Account.objects.get(pk=account.pk), NEW)


@pytest.mark.parametrize("raised", [{"ARGON2_TIME_COST": 3}, {"ARGON2_MEMORY_KIB": 64}])
def test_a_wrong_password_costs_the_new_hash_even_where_an_older_is_stored(
    raised: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    account = people.account(password=people.PASSWORD)
    made: list[int] = []

    def note(*_: object, **costs: int) -> bytes:
        made.append(costs["time_cost"] * costs["memory_cost"])
        return b""

    with override_settings(**raised):
        costs = hasher.Argon2idHasher().params()
        monkeypatch.setattr("argon2.low_level.hash_secret", note)
        assert not operations.check(account, "wrong")
    # The stored hash's own 8 KiB, once, and the rest by one hash more.
    assert abs(8 + sum(made) - costs.time_cost * costs.memory_cost) <= costs.memory_cost // 2
