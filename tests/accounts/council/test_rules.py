"""What the council's values may be; what two people's changes come to."""

import pytest

from accounts.council.rules import (
    LONGEST,
    OPTIONAL,
    Detail,
    DetailRefusedError,
    Problem,
    changed,
    merge,
    read,
)

TEXTS = (Detail.NAME, Detail.SERVICE, Detail.HOURS, Detail.ADDRESS, Detail.COUNTERS)
EMAILS = (Detail.EMAIL, Detail.ACCESSIBILITY_CONTACT, Detail.DATA_PROTECTION_CONTACT)
WEBSITES = (Detail.WEBSITE, Detail.PRIVACY_NOTICE)


def refusal(detail: Detail, typed: str) -> Problem:
    with pytest.raises(DetailRefusedError) as refused:
        read(detail, typed)
    return refused.value.problem


@pytest.mark.parametrize("detail", Detail)
def test_nothing_is_a_value_only_where_it_may_be_left_out(detail: Detail) -> None:
    if detail in OPTIONAL:
        assert read(detail, " \n ") == ""
    else:
        assert refusal(detail, " \n ") is Problem.MISSING


@pytest.mark.parametrize("detail", Detail)
def test_every_value_has_a_greatest_length(detail: Detail) -> None:
    assert refusal(detail, "9" * (LONGEST[detail] + 1)) is Problem.TOO_LONG


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize(
    "hidden", ["\x00", "\u202e", "\u2066", "\u200b", "\ud800", "\x1b", "\u2028", "\u3164"]
)
def test_no_value_hides_breaks_or_turns_a_line(detail: Detail, hidden: str) -> None:
    assert refusal(detail, f"a{hidden}b") is not None


@pytest.mark.parametrize("detail", [one for one in Detail if one is not Detail.COUNTERS])
def test_only_counters_take_more_than_one_line(detail: Detail) -> None:
    assert refusal(detail, "1\r\nBcc:").name in {"TOO_MANY_LINES", "TOO_LONG"}


def test_counters_are_ten_lines_at_most_and_empty_ones_do_not_count() -> None:
    assert read(Detail.COUNTERS, "Town Hall\r\n\r\n Library  ") == "Town Hall\nLibrary"
    assert len(read(Detail.COUNTERS, "\n".join("Library" for _ in range(10))).split("\n")) == 10
    assert refusal(Detail.COUNTERS, "\n".join("1" for _ in range(11))) is Problem.TOO_MANY_LINES


@pytest.mark.parametrize("detail", TEXTS)
def test_words_of_any_script_are_taken_as_they_are(detail: Detail) -> None:
    for words in ("Cyngor Sir Gâr", "Brighton & Hove <City>", "कौन्सिल", "9am–5pm, Mon–Fri"):
        assert read(detail, words) == words


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("020 7946 0000", "+442079460000"),
        ("(020) 7946-0000", "+442079460000"),
        ("+353 1 222 2222", "+35312222222"),
        ("0300 123 1113", "+443001231113"),
    ],
)
def test_a_phone_number_is_kept_as_e164(typed: str, kept: str) -> None:
    assert read(Detail.PHONE, typed) == kept


@pytest.mark.parametrize(
    "typed", ["101", "hello", "020 7946", "020 7946 0000 x5", "0000000000", "tel:1;javascript"]
)
def test_a_number_that_nobody_can_ring_is_refused(typed: str) -> None:
    assert refusal(Detail.PHONE, typed) is Problem.NOT_A_PHONE


@pytest.mark.parametrize("typed", ["0909 879 0000", "0871 234 5678", "+1 900 555 1234"])
def test_a_number_that_residents_pay_extra_for_is_refused(typed: str) -> None:
    assert refusal(Detail.PHONE, typed) is Problem.COSTS_EXTRA


@pytest.mark.parametrize("detail", EMAILS)
@pytest.mark.parametrize(
    "typed",
    ["help", "a@b", "a b@council.uk", "a@council.uk?bcc=eve@evil.uk", '"><a>@council.uk', "é@x.uk"],
)
def test_an_address_for_mail_holds_nothing_besides(detail: Detail, typed: str) -> None:
    assert refusal(detail, typed) is Problem.NOT_AN_EMAIL
    assert read(detail, "help@council.gov.uk") == "help@council.gov.uk"


@pytest.mark.parametrize("detail", WEBSITES)
@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "http://www.council.uk",
        "//www.council.uk",
        "https://",
        "https://council",
        "https://ann@council.uk",
        "https://www.council.uk:8443/",
        'https://www.council.uk/"onclick',
        "https://[::1]/",
        "https://[",
        "https://\u0441ouncil.uk",
    ],
)
def test_a_website_is_an_https_address_and_no_script(detail: Detail, typed: str) -> None:
    assert refusal(detail, typed) is Problem.NOT_A_WEBSITE
    assert read(detail, "https://www.council.uk/a?b=c#d") == "https://www.council.uk/a?b=c#d"


def test_what_changed_is_told_in_the_order_of_the_page() -> None:
    before = {Detail.NAME: "A", Detail.PHONE: "1", Detail.HOURS: "x"}
    after = {Detail.HOURS: "y", Detail.PHONE: "1", Detail.NAME: "B"}
    assert changed(before, after) == (Detail.NAME, Detail.HOURS)


def test_changes_of_two_people_to_different_values_are_both_kept() -> None:
    begun = {Detail.NAME: "A", Detail.PHONE: "1", Detail.HOURS: "x"}
    met = merge(
        begun=begun,
        published=begun | {Detail.PHONE: "2"},
        typed=begun | {Detail.HOURS: "y"},
    )
    assert met.values == {Detail.NAME: "A", Detail.PHONE: "2", Detail.HOURS: "y"}
    assert (met.theirs, met.both) == ((Detail.PHONE,), ())


def test_where_both_changed_the_same_the_later_keeps_theirs_and_is_told() -> None:
    begun = {Detail.NAME: "A", Detail.PHONE: "1"}
    met = merge(
        begun=begun, published=begun | {Detail.PHONE: "2"}, typed=begun | {Detail.PHONE: "3"}
    )
    assert (met.values[Detail.PHONE], met.both) == ("3", (Detail.PHONE,))


def test_the_same_change_by_both_is_no_quarrel() -> None:
    begun = {Detail.PHONE: "1"}
    both = {Detail.PHONE: "2"}
    met = merge(begun=begun, published=both, typed=both)
    assert (met.values, met.both) == (both, ())
