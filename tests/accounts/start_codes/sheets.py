"""Sheets that somebody of the staff printed, and browsers in which one is typed."""

from datetime import date
from typing import Any
from uuid import uuid4

from accounts.models import Account
from accounts.start_codes import operations
from accounts.start_codes.operations import Asked, Papers, Printed
from tests import factories
from tests.accounts import post
from tests.accounts.signup.browser import Browser

ADDRESS = "ann@example.org"
NONE = Papers()
BORN = date(1980, 3, 31)
PAPERS = Papers("photo", "Ann Marie Example", BORN)
TYPED_BIRTHDAY = {
    "date_of_birth-day": "31",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1980",
}


def printed(papers: Papers = NONE, by: Account | None = None, case: str = "") -> Printed:
    """Return a sheet that a support agent of a contact centre printed."""
    by = by or factories.staff_member("support").account
    asked = Asked(uuid4(), "support", "own_time", case, 0, papers)
    return operations.make(asked=asked, by=by)


def type_code(browser: Browser, code: str, **more: str) -> Any:  # noqa: ANN401
    """Type a start code, and return the answer."""
    return browser.client.post("/start", {"code": code, **more})


def begun(code: str, address: str = ADDRESS) -> Browser:
    """Return a browser whose sign-up with the code has come as far as the last page."""
    browser = Browser()
    flow = type_code(browser, code)["Location"].partition("flow=")[2]
    browser.begin(address, flow)
    browser.type_code(post.newest().code)
    return browser
