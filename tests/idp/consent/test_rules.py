"""Whether an agreement covers what is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from idp.consent.rules import Agreed, Coverage, coverage

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
AGREED = Agreed(
    scopes=frozenset({"openid", "email"}),
    claims=frozenset({"email", "email_verified"}),
    expires_at=NOW + timedelta(days=1),
)


@pytest.mark.parametrize(
    "scopes,claims,expected",
    [
        ({"openid", "email"}, {"email", "email_verified"}, Coverage.COVERED),
        ({"openid"}, set(), Coverage.COVERED),
        ({"openid", "email", "profile"}, {"email"}, Coverage.MORE_ASKED_FOR),
        ({"openid", "email"}, {"email", "email_verified", "name"}, Coverage.MORE_ASKED_FOR),
        ({"openid", "offline_access"}, set(), Coverage.MORE_ASKED_FOR),
    ],
)
def test_only_what_was_agreed_is_covered(
    scopes: set[str], claims: set[str], expected: Coverage
) -> None:
    assert coverage(scopes=scopes, claims=claims, agreed=AGREED, now=NOW) is expected


def test_without_an_agreement_nothing_is_covered() -> None:
    assert coverage(scopes={"openid"}, claims=(), agreed=None, now=NOW) is Coverage.NO_CONSENT


def test_an_agreement_ends_at_its_last_moment() -> None:
    late = AGREED.expires_at
    assert coverage(scopes={"openid"}, claims=(), agreed=AGREED, now=late) is (
        Coverage.CONSENT_EXPIRED
    )
