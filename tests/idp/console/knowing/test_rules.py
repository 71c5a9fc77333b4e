"""Who is named on papers is compared with the account; who speaks for others is rung back."""

from datetime import date

import pytest

from idp.console.knowing.rules import Call, Evidence, Person, is_same, needs_call_back

BORN = date(1980, 3, 31)


@pytest.mark.parametrize(
    "shown, kept",
    [
        ("ANN EXAMPLE", "Ann Example"),
        ("Example, Ann Mary", "Ann Example"),
        ("Ann Example", "Ann Mary Example"),
        ("Ann Bea Cleo Dora Example", "Ann Example"),
        ("JOSE NUNEZ O'NEIL", "José Núñez O’Neil"),
        ("Suharto", "Suharto"),
    ],
)
def test_papers_may_write_a_name_their_own_way(shown: str, kept: str) -> None:
    assert is_same(Person(shown, BORN), Person(kept, BORN), by=Evidence.PHOTO)


@pytest.mark.parametrize(
    "shown, kept",
    [
        ("Ann Other", "Ann Example"),
        ("Example", "Ann Example"),
        ("Ann Example", "Ann"),
        ("", "Ann Example"),
        ("Ann Example", ""),
        ("---", "..."),
        ("Ann Bob Cat Dan Eve Example", "Ann Example"),
        (" ".join(f"{one}nn" for one in "abcdefghijklmnopqrstuvwxyz") + " Example", "Ann Example"),
    ],
)
def test_a_name_in_part_or_among_many_is_nobodys(shown: str, kept: str) -> None:
    assert not is_same(Person(shown, None), Person(kept, None), by=Evidence.PHOTO)


@pytest.mark.parametrize(
    "shown, kept, by, is_right",
    [
        (BORN, BORN, Evidence.PHOTO, True),
        (BORN, None, Evidence.PHOTO, True),
        (None, None, Evidence.PHOTO, True),
        (None, BORN, Evidence.PHOTO, False),
        (None, BORN, Evidence.TWO_PAPERS, True),
        (date(1980, 3, 30), BORN, Evidence.TWO_PAPERS, False),
        (date(1980, 3, 30), BORN, Evidence.PHOTO, False),
    ],
)
def test_a_date_of_birth_that_the_account_has_must_be_the_one_shown(
    shown: date | None, kept: date | None, by: Evidence, *, is_right: bool
) -> None:
    assert is_same(Person("Ann Lee", shown), Person("Ann Lee", kept), by=by) == is_right


@pytest.mark.parametrize(
    "others, is_seen, is_called_back, is_needed",
    [
        ([], False, False, False),
        (["advocate"], False, False, True),
        (["interpreter", "relay"], False, False, True),
        (["advocate"], True, False, False),
        (["advocate"], False, True, False),
    ],
)
def test_where_others_speak_the_owner_is_rung_back_or_comes(
    others: list[str], *, is_seen: bool, is_called_back: bool, is_needed: bool
) -> None:
    call = Call(others, is_seen_at_counter=is_seen, is_called_back=is_called_back)
    assert needs_call_back(call) == is_needed
