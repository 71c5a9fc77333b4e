"""Who may say that a way to reach them is unsafe."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.assurance import Method
from accounts.safety.rules import OLD_ENOUGH, Presence, Refusal, Shown, refusal

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD = NOW - OLD_ENOUGH - timedelta(seconds=1)
NEW = NOW - OLD_ENOUGH
FRESH_FOR = timedelta(minutes=15)
PASSWORD = Shown(Method.PASSWORD)


def refused(*shown: Shown, **columns: datetime) -> Refusal | None:
    presence = Presence(shown, **{"signed_in_at": NOW, **columns})
    return refusal(presence, now=NOW, fresh_for=FRESH_FOR)


@pytest.mark.parametrize("method", [Method.APP, Method.CODE_SHEET, Method.SECURITY_KEY])
def test_a_password_and_an_old_second_way_may(method: Method) -> None:
    assert refused(PASSWORD, Shown(method, OLD)) is None


def test_an_old_passkey_alone_may() -> None:
    assert refused(Shown(Method.PASSKEY, OLD)) is None


def test_only_a_password_may_not() -> None:
    assert refused(PASSWORD) is Refusal.ONE_FACTOR


@pytest.mark.parametrize("method", [Method.RECOVERY_CODE, Method.TEXT_MESSAGE])
def test_a_second_step_that_only_reaches_services_may_not(method: Method) -> None:
    assert refused(PASSWORD, Shown(method, OLD)) is Refusal.ONE_FACTOR


def test_a_second_way_without_a_password_may_not() -> None:
    assert refused(Shown(Method.APP, OLD)) is Refusal.ONE_FACTOR


@pytest.mark.parametrize("method", [Method.APP, Method.CODE_SHEET, Method.SECURITY_KEY])
def test_a_way_of_seven_days_or_less_may_not(method: Method) -> None:
    assert refused(PASSWORD, Shown(method, NEW)) is Refusal.WAY_TOO_NEW


def test_a_new_passkey_may_not() -> None:
    assert refused(Shown(Method.PASSKEY, NEW)) is Refusal.WAY_TOO_NEW


def test_a_new_way_beside_an_old_one_takes_nothing_from_it() -> None:
    assert refused(PASSWORD, Shown(Method.APP, OLD), Shown(Method.PASSKEY, NEW)) is None


def test_a_passkey_whose_age_nobody_knows_may_not() -> None:
    assert refused(Shown(Method.PASSKEY)) is Refusal.WAY_TOO_NEW


def test_a_sign_in_of_a_quarter_of_an_hour_ago_may_not() -> None:
    strong = (PASSWORD, Shown(Method.APP, OLD))
    assert refused(*strong, signed_in_at=NOW - FRESH_FOR) is Refusal.NOT_FRESH
    assert refused(*strong, signed_in_at=NOW - FRESH_FOR + timedelta(seconds=1)) is None


def test_nobody_may_while_changes_are_held_after_a_recovery() -> None:
    strong = (PASSWORD, Shown(Method.APP, OLD))
    assert refused(*strong, held_until=NOW + timedelta(seconds=1)) is Refusal.HELD
    assert refused(*strong, held_until=NOW) is None
