"""Whether an agreement covers what is asked."""

from datetime import UTC, datetime, timedelta

import pytest

from idp.consent.rules import Agreed, Coverage, Details, chosen_anew, coverage, renewed

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


KEPT_BACK = Agreed(
    scopes=frozenset({"openid"}),
    claims=frozenset(),
    expires_at=NOW + timedelta(days=1),
    declined_scopes=frozenset({"email"}),
    declined_claims=frozenset({"email"}),
)
EMAIL = Details(frozenset({"email"}), frozenset({"email", "email_verified"}))
NOTHING = Details(frozenset(), frozenset())


def test_what_was_kept_back_is_not_asked_for_again() -> None:
    asked = {"scopes": {"openid", "email"}, "claims": {"email"}}
    assert coverage(**asked, agreed=KEPT_BACK, now=NOW) is Coverage.COVERED


def test_a_no_of_today_undoes_the_yes_of_before() -> None:
    new = renewed(asked=KEPT_BACK, former=AGREED, now=NOW)
    assert new.scopes == {"openid"}
    assert new.claims == {"email_verified"}
    assert new.declined_scopes == {"email"}


def test_a_yes_of_today_undoes_the_no_of_before() -> None:
    new = renewed(asked=AGREED, former=KEPT_BACK, now=NOW)
    assert new.scopes == AGREED.scopes
    assert new.claims == AGREED.claims
    assert not new.declined_scopes | new.declined_claims


def test_other_choices_leave_all_else_and_its_end_as_they_were() -> None:
    less = chosen_anew(AGREED, optional=EMAIL, chosen=NOTHING)
    assert less.scopes == {"openid"}
    assert not less.claims
    assert (less.declined_scopes, less.declined_claims) == (EMAIL.scopes, EMAIL.claims)
    assert less.expires_at == AGREED.expires_at
    assert chosen_anew(less, optional=EMAIL, chosen=EMAIL) == AGREED


def test_what_was_never_asked_for_cannot_be_chosen() -> None:
    more = Details(frozenset({"phone"}), frozenset({"phone_number"}))
    assert chosen_anew(AGREED, optional=more, chosen=more) == AGREED
