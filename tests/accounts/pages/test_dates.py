"""A date typed in three boxes."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from accounts.pages import components, fields
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm


class Form(GovukForm):
    born = DateInputField(
        label=_("When?"), called=_("The day"), error_messages={"required": _("Enter the day")}
    )


def form(day: str, month: str, year: str) -> Form:
    return Form({"born-day": day, "born-month": month, "born-year": year})


@pytest.mark.parametrize(
    "typed, read",
    [
        (("31", "3", "1980"), date(1980, 3, 31)),
        (("01", "02", "2003"), date(2003, 2, 1)),
        ((" 29 ", "2", "2004"), date(2004, 2, 29)),
    ],
)
def test_a_date_is_read(typed: tuple[str, str, str], read: date) -> None:
    filled = form(*typed)
    assert filled.is_valid()
    assert filled.cleaned_data["born"] == read


@pytest.mark.parametrize(
    "typed, says, goes_to",
    [
        (("", "", ""), "Enter the day", "day"),
        (("", "3", "1980"), "The day must include a day", "day"),
        (("31", "", "1980"), "The day must include a month", "month"),
        (("31", "3", ""), "The day must include a year", "year"),
        (("31", "2", "1980"), "The day must be a real date", "day"),
        (("0", "1", "1980"), "The day must be a real date", "day"),
        (("1", "1", "80"), "The day must be a real date", "day"),
        (("1", "1", "0000"), "The day must be a real date", "day"),
        (("-1", "1", "1980"), "The day must be a real date", "day"),
        (("+1", "1_0", "1980"), "The day must be a real date", "day"),
        (("\uff11", "1", "1980"), "The day must be a real date", "day"),
        (("\x00", "1", "1980"), "The day must be a real date", "day"),
        (("9" * 5000, "1", "1980"), "The day must be a real date", "day"),
        (("\ud800", "1", "1980"), "The day must be a real date", "day"),
    ],
)
def test_what_is_no_date_is_said_at_its_box(
    typed: tuple[str, str, str], says: str, goes_to: str
) -> None:
    summary: dict[str, Any] = dict(fields.summary(form(*typed)))
    (entry,) = summary["errorList"]
    assert str(entry["text"]).startswith(says)
    assert entry["href"] == f"#id_born-{goes_to}"


def test_each_box_keeps_what_was_typed_and_has_a_label() -> None:
    html = components.render(*fields.component(form("31", "", "1980")["born"], heading=False))
    assert 'name="born-day" type="text" value="31"' in " ".join(html.split())
    assert 'id="id_born-month"' in html
    assert html.count("govuk-input--error") == 1
    assert "Month" in html


def test_a_date_known_before_stands_in_the_boxes() -> None:
    known = Form(initial={"born": date(1980, 3, 31)})
    html = components.render(*fields.component(known["born"], heading=False))
    assert [f'value="{part}"' in html for part in (31, 3, 1980)] == [True] * 3
