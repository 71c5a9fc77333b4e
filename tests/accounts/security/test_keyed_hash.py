"""Keyed hashes carry their key's id, rotate, and keep purposes apart."""

import pytest
from pytest_django import Settings

from accounts.security import keyed_hash


@pytest.fixture(autouse=True)
def _keys(settings: Settings) -> None:
    settings.HASH_KEYS = {"old": "a" * 32}


def test_a_hash_names_its_key_and_hides_the_value() -> None:
    stored = keyed_hash.digest("code", "secret-value")
    assert stored.startswith("old:")
    assert "secret-value" not in stored


def test_a_value_is_found_after_a_new_key_was_put_first(settings: Settings) -> None:
    stored = keyed_hash.digest("code", "value")
    settings.HASH_KEYS = {"new": "b" * 32, "old": "a" * 32}
    assert keyed_hash.digest("code", "value").startswith("new:")
    assert stored in keyed_hash.candidates("code", "value")
    assert keyed_hash.matches("code", "value", stored)


def test_a_withdrawn_key_matches_nothing(settings: Settings) -> None:
    stored = keyed_hash.digest("code", "value")
    settings.HASH_KEYS = {"new": "b" * 32}
    assert not keyed_hash.matches("code", "value", stored)


def test_one_purpose_never_matches_another() -> None:
    stored = keyed_hash.digest("refresh_token", "value")
    assert not keyed_hash.matches("code", "value", stored)
    assert stored not in keyed_hash.candidates("code", "value")


@pytest.mark.parametrize("value", ["", "\0", "\ud800", "x" * 100_000, "é\u202e"])
def test_hostile_values_only_miss(value: str) -> None:
    assert not keyed_hash.matches("code", value, keyed_hash.digest("code", "other"))
    assert not keyed_hash.matches("code", value, "no such form")
