"""Whether an agreement covers what is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from idp.consent.rules import Agreed, Coverage, Details, Shown, chosen_anew, gaps, renewed

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SHOWN = Shown("Council Tax", "Riverside Trust", {"openid": 1, "email": 1})
AGREED = Agreed(
    scopes=frozenset({"openid", "email"}),
    claims=frozenset({"email", "email_verified"}),
    expires_at=NOW + timedelta(days=1),
    shown=SHOWN,
)
ASKED: dict[str, Any] = {"scopes": {"openid", "email"}, "claims": {"email"}, "shown": SHOWN}


def coverage(*, agreed: Agreed | None = AGREED, now: datetime = NOW, **asked: Any) -> Coverage:
    """Return the first reason why the agreement does not cover what is asked."""
    found = gaps(**{**ASKED, **asked}, agreed=agreed, now=now)
    return next(iter(found), Coverage.COVERED)


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
    assert coverage(scopes=scopes, claims=claims) is expected


def test_without_an_agreement_nothing_is_covered() -> None:
    assert coverage(agreed=None) is Coverage.NO_CONSENT


def test_an_agreement_ends_at_its_last_moment() -> None:
    assert coverage(now=AGREED.expires_at) is Coverage.CONSENT_EXPIRED


@pytest.mark.parametrize(
    "shown, expected",
    [
        (replace(SHOWN, application_name="Rates"), Coverage.APPLICATION_CHANGED),
        (replace(SHOWN, organisation_name="Another Trust"), Coverage.APPLICATION_CHANGED),
        (replace(SHOWN, terms={"openid": 1, "email": 2}), Coverage.TERMS_CHANGED),
        (replace(SHOWN, terms={"openid": 1, "email": 0}), Coverage.TERMS_CHANGED),
        (replace(SHOWN, terms={"phone": 1}), Coverage.TERMS_CHANGED),
        (replace(SHOWN, terms={"openid": 1}), Coverage.COVERED),
    ],
)
def test_an_agreement_covers_what_was_read_and_nothing_else(
    shown: Shown, expected: Coverage
) -> None:
    assert coverage(shown=shown) is expected


def test_every_reason_is_told() -> None:
    shown = Shown("Rates", "", {"email": 2})
    asked: dict[str, Any] = {"scopes": {"phone"}, "claims": (), "shown": shown}
    found = gaps(**asked, agreed=AGREED, now=AGREED.expires_at)
    assert set(found) == set(Coverage) - {Coverage.COVERED, Coverage.NO_CONSENT}


def test_what_was_not_shown_keeps_the_terms_that_were_read() -> None:
    asked = replace(
        AGREED,
        scopes=frozenset({"openid"}),
        claims=frozenset(),
        shown=replace(SHOWN, terms={"openid": 7}),
    )
    new = renewed(asked=asked, former=AGREED, now=NOW)
    assert new.scopes == {"openid", "email"}
    assert new.shown.terms == {"openid": 7, "email": 1}


def test_nothing_stays_of_what_was_agreed_with_another_name() -> None:
    asked = replace(
        AGREED, scopes=frozenset({"openid"}), claims=frozenset(), shown=Shown("Rates", "Riverside")
    )
    assert renewed(asked=asked, former=AGREED, now=NOW) == asked


KEPT_BACK = Agreed(
    scopes=frozenset({"openid"}),
    claims=frozenset(),
    expires_at=NOW + timedelta(days=1),
    declined_scopes=frozenset({"email"}),
    declined_claims=frozenset({"email"}),
    shown=SHOWN,
)
EMAIL = Details(frozenset({"email"}), frozenset({"email", "email_verified"}))
NOTHING = Details(frozenset(), frozenset())


def test_what_was_kept_back_is_not_asked_for_again() -> None:
    assert coverage(agreed=KEPT_BACK) is Coverage.COVERED


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
    less = chosen_anew(AGREED, optional=EMAIL, chosen=NOTHING, terms={})
    assert less.scopes == {"openid"}
    assert not less.claims
    assert (less.declined_scopes, less.declined_claims) == (EMAIL.scopes, EMAIL.claims)
    assert less.expires_at == AGREED.expires_at
    assert chosen_anew(less, optional=EMAIL, chosen=EMAIL, terms={}) == AGREED


def test_what_was_never_asked_for_cannot_be_chosen() -> None:
    more = Details(frozenset({"phone"}), frozenset({"phone_number"}))
    assert chosen_anew(AGREED, optional=more, chosen=more, terms={}) == AGREED


def test_other_choices_were_made_on_the_terms_of_their_page() -> None:
    new = chosen_anew(AGREED, optional=EMAIL, chosen=EMAIL, terms={"email": 4})
    assert new.shown == replace(SHOWN, terms={"openid": 1, "email": 4})
