"""Colours of the council's own: only those that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.council import colours
from accounts.council.rules import Detail, DetailRefusedError, Problem, problem_of_both, read

CHANNEL = st.integers(0, 255)
COLOUR = st.tuples(CHANNEL, CHANNEL, CHANNEL).map("#{0[0]:02x}{0[1]:02x}{0[2]:02x}".format)


@pytest.mark.parametrize(
    "one, other, ratio",
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The two greys either side of the rule, as WCAG's own techniques name them.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert colours.contrast(other, one) == pytest.approx(ratio, abs=0.01)


@given(COLOUR)
def test_whatever_is_let_through_can_be_read_wherever_it_stands(colour: str) -> None:
    if min(colours.contrast(colour, on) for on in ("#ffffff", colours.tint(colour))) >= 4.5:
        assert read(Detail.COLOUR, colour) == colour
    else:
        with pytest.raises(DetailRefusedError, match="too_pale"):
            read(Detail.COLOUR, colour)


def test_the_settings_own_colour_is_let_through() -> None:
    assert read(Detail.COLOUR, " #00534C ") == "#00534c"
    assert read(Detail.COLOUR, "00534c") == "#00534c"


@pytest.mark.parametrize(
    "typed",
    [
        "red",
        "#12345",
        "#12345g",
        "#1234567",
        "#\u0660\u0660534c",
        "rgb(0",
        "a};b{",
        "#00534c\n"[:7] + "0",
    ],
)
def test_what_is_no_colour_never_reaches_a_style_sheet(typed: str) -> None:
    with pytest.raises(DetailRefusedError) as refused:
        read(Detail.COLOUR, typed)
    assert refused.value.problem in {Problem.NOT_A_COLOUR, Problem.TOO_LONG}


def test_links_are_read_on_the_brands_tint_too() -> None:
    # Just enough on white, not on what lies behind the foot of a page in black's tint.
    values = {Detail.LINK_COLOUR: "#767676", Detail.COLOUR: "#000000"}
    assert problem_of_both(values) is Problem.TOO_PALE
    assert problem_of_both(values | {Detail.LINK_COLOUR: "#595959"}) is None


def test_the_style_sheet_sets_nothing_but_colours() -> None:
    sheet = colours.stylesheet(brand="#4b1d6b", link="#00534c")
    body = sheet.removeprefix(":root {\n").removesuffix("}\n")
    for line in body.splitlines():
        name, value = line.strip().removesuffix(";").split(": ")
        assert name.startswith("--govuk-")
        assert colours.is_colour(value)
