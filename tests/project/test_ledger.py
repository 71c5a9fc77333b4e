"""Axe sees every page that looks new, and none twice."""

import pytest

from tests.journeys.ledger import Ledger

_PAGE = '<form action="/a?wish=1"><input type="hidden" name="csrf" value="x1">{}</form>'


def test_a_page_is_seen_once() -> None:
    ledger = Ledger()
    assert ledger.is_for_axe(1280, _PAGE)
    assert not ledger.is_for_axe(1280, _PAGE)


@pytest.mark.parametrize(
    "one, other", [("x1", "y2"), ("wish=1", "wish=2"), ("{}", "{} "), ("/a", "/b"), ("f", "g")]
)
def test_only_what_a_form_or_link_carries_makes_no_difference(one: str, other: str) -> None:
    ledger = Ledger()
    assert ledger.is_for_axe(1280, _PAGE)
    assert ledger.is_for_axe(1280, _PAGE.replace(one, other)) == (one not in {"x1", "wish=1"})


def test_the_same_page_narrow_is_another() -> None:
    ledger = Ledger()
    assert ledger.is_for_axe(1280, _PAGE)
    assert ledger.is_for_axe(320, _PAGE)


def test_a_message_more_is_another_page() -> None:
    ledger = Ledger()
    assert ledger.is_for_axe(320, _PAGE.format(""))
    assert ledger.is_for_axe(320, _PAGE.format("<p>Enter a code</p>"))


def test_a_run_beside_another_asks_axe_nothing() -> None:
    assert not Ledger(asks_axe=False).is_for_axe(1280, _PAGE)
