"""Which texts are old user ids, and what a list of them holds."""

import pytest

from idp.old_user_ids import rules
from idp.old_user_ids.rules import BadLine, Fault, ListFault, fault, read
from idp.portal.old_user_ids import wording

pytestmark = pytest.mark.once


@pytest.mark.parametrize("old_id", ["1", "ann@example.org", "a b", "zoë", "<b>", "李", "x" * 255])
def test_what_services_call_people_is_one(old_id: str) -> None:
    assert fault(old_id) is None


@pytest.mark.parametrize(
    "old_id, why",
    [
        ("", Fault.EMPTY),
        (" ", Fault.EMPTY),
        ("x" * 256, Fault.TOO_LONG),
        ("x" * 10_000, Fault.TOO_LONG),
        ("a\0b", Fault.UNSEEN),
        ("a\u202eb", Fault.UNSEEN),
        ("a\u2066b", Fault.UNSEEN),
        ("a\u200bb", Fault.UNSEEN),
        ("a\u2028b", Fault.UNSEEN),
        ("a\x85b", Fault.UNSEEN),
        ("a\nb", Fault.UNSEEN),
        ("a\ud800b", Fault.UNSEEN),
        (" a", Fault.SPACES),
        ("a\u00a0", Fault.SPACES),
    ],
)
def test_what_hides_turns_round_or_is_too_long_is_none(old_id: str, why: Fault) -> None:
    assert fault(old_id) is why


@pytest.mark.parametrize(
    "text",
    ["a\nb\n", "a\r\nb", "\ufeffa\rb\n\n\n", " a \n\tb", '"a"\n"b"', "a\nb\na\nb"],
)
def test_a_list_has_one_on_each_line_each_once(text: str) -> None:
    assert read(text) == rules.Listed(("a", "b"))


def test_quotation_marks_hold_commas_and_each_other_as_in_csv() -> None:
    assert read('"a,b"\n"a ""b"""').ids == ("a,b", 'a "b"')


def test_it_says_which_lines_are_wrong_and_gives_none_of_the_others() -> None:
    text = "good\n" + "x" * 256 + '\n\na,b\n"open\na\u202eb\n""\na\u2028b'
    listed = read(text)
    assert listed.ids == ()
    assert listed.bad_lines == (
        BadLine(2, Fault.TOO_LONG),
        BadLine(4, ListFault.COLUMNS),
        BadLine(5, ListFault.QUOTES),
        BadLine(6, Fault.UNSEEN),
        BadLine(7, Fault.EMPTY),
        BadLine(8, Fault.UNSEEN),
    )
    assert [words[:6] for words in wording.faults(listed)] == [
        f"Line {number}" for number in (2, 4, 5, 6, 7, 8)
    ]


def test_of_very_many_wrong_lines_it_names_the_first() -> None:
    told = wording.faults(read("a,b\n" * 500))
    assert (len(told), told[-1]) == (11, "490 more lines are wrong")


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_nothing_is_no_list(text: str) -> None:
    assert read(text).fault is ListFault.EMPTY


def test_a_list_has_an_end() -> None:
    text = "\n".join(str(number) for number in range(rules.MOST_LINES))
    assert len(read(text).ids) == rules.MOST_LINES
    assert read(f"{text}\nmore").fault is ListFault.TOO_MANY
    assert "20,000" in wording.faults(read(f"{text}\nmore"))[0]
