"""Codes on paper."""

import pytest

from accounts.mfa import numbered_codes
from accounts.mfa.recovery_codes.rules import plain, shown
from accounts.models import NumberedCode
from tests.factories import people, ways

pytestmark = pytest.mark.django_db


def test_a_code_works_once() -> None:
    way = ways.way(people.account(), "code_sheet")
    numbered_codes.store(way, ["11112222", "33334444"])
    assert numbered_codes.take(way, "11112222")
    assert not numbered_codes.take(way, "11112222")
    assert numbered_codes.left(way) == numbered_codes.Left(1, 2)


def test_a_code_counts_under_its_own_number_alone() -> None:
    way = ways.way(people.account(), "code_sheet")
    numbered_codes.store(way, ["11112222", "33334444"])
    assert not numbered_codes.take(way, "33334444", number=1)
    assert numbered_codes.take(way, "33334444", number=2)


def test_a_code_of_one_set_is_nothing_in_another() -> None:
    ann, bob = ways.way(people.account(), "code_sheet"), ways.way(people.account(), "code_sheet")
    numbered_codes.store(ann, ["11112222"])
    numbered_codes.store(bob, ["99998888"])
    assert not numbered_codes.take(bob, "11112222")
    hashes = set(NumberedCode.objects.values_list("code_hash", flat=True))
    assert len(hashes) == 2
    assert not any("11112222" in stored for stored in hashes)


@pytest.mark.parametrize("typed", ["CDFGH-JKMNP", "cdfghjkmnp", " cdfgh jkmnp ", "C-D-F-G-H JKMNP"])
def test_a_recovery_code_may_be_typed_as_it_is_read(typed: str) -> None:
    assert plain(typed) == "CDFGHJKMNP"
    assert shown(plain(typed)) == "CDFGH-JKMNP"


@pytest.mark.parametrize(
    "typed", ["\uff23DFGHJKMNP", "ßdfghjkmnp", "cdfgh\u2011jkmnp", "cdfgh\u00a0jkmnp"]
)
def test_letters_of_other_scripts_become_none_of_ours(typed: str) -> None:
    assert plain(typed) != "CDFGHJKMNP"
