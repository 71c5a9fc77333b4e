"""A printed sheet of codes, as somebody has it on paper."""

import re

from tests.journeys.visitor import Visitor

# By what a page asks for: "Code 17 of sheet KLM".
Sheet = dict[str, str]


def add_sheet(visitor: Visitor) -> Sheet:
    """Add a sheet from the list of ways to sign in that is shown, and return what it says."""
    visitor.press("A printed sheet of codes", "link")
    sheet = copied(visitor)
    visitor.press("I have the sheet on paper")
    type_code(visitor, sheet)
    visitor.press("Add the sheet")
    visitor.expect_heading("Ways to sign in")
    return sheet


def copied(visitor: Visitor) -> Sheet:
    """Return what the sheet on the page says."""
    name = visitor.page.get_by_role("heading", level=2, name=re.compile("^Sheet ")).inner_text()
    items = visitor.page.get_by_role("listitem").filter(has_text=re.compile(r"^\d{4} \d{4}$"))
    return {
        f"Code {number} of {name.replace('Sheet', 'sheet')}": code
        for number, code in enumerate(items.all_inner_texts(), start=1)
    }


def type_code(visitor: Visitor, sheet: Sheet) -> None:
    """Type the code that the page asks for."""
    asked = visitor.page.get_by_text(re.compile(r"^\s*Code \d+ of sheet [A-Z]{3}\s*$"))
    label = asked.first.inner_text().strip()
    visitor.fill(label, sheet[label])
