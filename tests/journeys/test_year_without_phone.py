"""A year of weekly sign-ins with neither phone nor key: a password and a printed sheet of codes."""

from datetime import timedelta

from tests.journeys.conftest import NewVisitor
from tests.journeys.paper import Sheet, add_sheet, copied, type_code
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.provider import Served

WEEK = timedelta(weeks=1)
ADDRESS = "yusuf.demir@mail.example"
NEARLY_USED_UP = "Your printed sheet is nearly used up."


def test_a_printed_sheet_lasts_a_year_and_is_followed_by_another(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    made = served_in_time.manage("account", "create", "--email", ADDRESS, "--name", "Yusuf Demir")
    yusuf = new_visitor_in_time(narrow=True)
    yusuf.open(f"{yusuf.issuer}/account/ways-to-sign-in")
    sign_in(yusuf, ADDRESS, made["password"])
    sheet = add_sheet(yusuf)
    offered_in = []
    for week in range(1, 53):
        clock.put_forward(WEEK)
        # Its pages are looked at once: fifty times more would find nothing else.
        yusuf.scripts = week == 1
        _come_to_library(yusuf, made["password"], sheet)
        if yusuf.page.get_by_text(NEARLY_USED_UP).count():
            offered_in.append(week)
            sheet = _follow_offer(yusuf)

    assert len(offered_in) == 1, "a new sheet is offered once, and ends the offer"
    assert 48 <= offered_in[0] <= 50, "at ten codes left"


def _come_to_library(visitor: Visitor, password: str, sheet: Sheet) -> None:
    """Sign in at a computer that knows nobody."""
    visitor.page.context.clear_cookies()
    visitor.open(f"{visitor.issuer}/account/ways-to-sign-in")
    sign_in(visitor, ADDRESS, password)
    type_code(visitor, sheet)
    visitor.press("Continue")
    visitor.expect_heading("Ways to sign in")


def _follow_offer(visitor: Visitor) -> Sheet:
    """Print the sheet that is offered, and mistype its first code."""
    visitor.scripts = True
    visitor.press("Print a new one", "link")
    sheet = copied(visitor)
    visitor.press("I have the sheet on paper")
    type_code(visitor, dict.fromkeys(sheet, "00000000"))
    visitor.press("Add the sheet")
    visitor.expect_page("Error: Type one code from the paper", "Type one code from the paper")
    type_code(visitor, sheet)
    visitor.press("Add the sheet")
    visitor.expect_heading("Ways to sign in")
    return sheet
