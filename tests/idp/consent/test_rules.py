"""Whether an agreement covers what is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from idp.consent.rules import (
    Agreed,
    Answer,
    Coverage,
    Details,
    How,
    Mailbox,
    Shown,
    chosen_anew,
    gaps,
    renewed,
    with_address,
)

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SHOWN = Shown("Council Tax", "Riverside Trust", {"openid": 1, "email": 1})
AGREED = Agreed(
    scopes=frozenset({"openid", "email"}),
    claims=frozenset({"email", "email_verified"}),
    expires_at=NOW + timedelta(days=1),
    shown=SHOWN,
)
ASKED: dict[str, Any] = {
    "scopes": {"openid", "email"},
    "claims": {"email"},
    "shown": SHOWN,
    "added": (),
    "address_gone": False,
}


def coverage(*, agreed: Agreed = AGREED, now: datetime = NOW, **asked: Any) -> Coverage:
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
    asked: dict[str, Any] = {"scopes": {"phone"}, "claims": {"email"}, "shown": shown}
    asked |= {"address_gone": True, "added": {"name"}}
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


AGREED_THEN = Answer(How.AGREED, NOW - timedelta(days=9))
TOLD_THEN = replace(AGREED_THEN, how=How.TOLD)


def test_what_was_not_shown_keeps_how_and_when_it_came_about() -> None:
    former = replace(AGREED, answer=TOLD_THEN, earlier={"email_verified": AGREED_THEN})
    asked = replace(AGREED, scopes=frozenset({"openid"}), claims=frozenset())
    assert renewed(asked=asked, former=former, now=NOW).earlier == {
        "scope:email": TOLD_THEN,
        "email": TOLD_THEN,
        "email_verified": AGREED_THEN,
    }


def test_what_was_shown_again_has_nothing_from_before() -> None:
    former = replace(AGREED, answer=TOLD_THEN, earlier={"email": AGREED_THEN})
    assert renewed(asked=AGREED, former=former, now=NOW).earlier == {}


def test_another_address_makes_nothing_agreed_that_was_told() -> None:
    new = with_address(replace(AGREED, answer=TOLD_THEN), Mailbox(7, is_chosen=True))
    assert set(new.earlier.values()) == {TOLD_THEN}
    assert new.earlier.keys() == AGREED.names


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


def test_of_a_choice_only_what_changed_is_new() -> None:
    former = replace(AGREED, answer=TOLD_THEN)
    assert chosen_anew(former, optional=EMAIL, chosen=EMAIL, terms={}) == former
    fewer = chosen_anew(former, optional=EMAIL, chosen=NOTHING, terms={})
    assert fewer.earlier == {"scope:openid": TOLD_THEN}
    # As it is once written.
    kept = replace(fewer, answer=AGREED_THEN)
    more = chosen_anew(kept, optional=EMAIL, chosen=EMAIL, terms={})
    assert more.earlier == {"scope:openid": TOLD_THEN}


def test_terms_read_among_choices_make_nothing_agreed_that_was_told() -> None:
    former = replace(AGREED, answer=TOLD_THEN)
    new = chosen_anew(former, optional=EMAIL, chosen=EMAIL, terms={"email": 2})
    assert new.shown.terms["email"] == 1


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
