"""Somebody new of the staff: from the mailed link to two keys, a role, and the way out."""

import re

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.serving.outbox import link_in
from tests.serving.provider import Served

HOME = "Staff of the council"
KEYS = "Your keys"
ADD = "Add a key"
ADDRESS = "ada.staff@council.example"


def test_staff(new_visitor: NewVisitor, served: Served) -> None:
    desk = new_visitor()
    phone = Keys.phone(desk)
    made = served.manage("staff", "make", ADDRESS, "--name", "Ada Lee", "--team", "Contact centre")
    link = link_in(served.outbox.wait_for_mail(ADDRESS))
    desk.open(link)
    desk.press("Add my key")
    desk.expect_page(HOME, HOME)
    assert len(phone.kept()) == 1
    served.manage("staff", "grant", made["account"], "approver")
    desk.open(f"{served.issuer}/staff")
    assert "Approver" in desk.page.get_by_role("main").inner_text()

    desk.press("Say which account as a resident is yours", "link")
    desk.expect_page("Your own account", "Your own account")
    desk.press(KEYS, "link")
    desk.press(ADD)
    desk.fill("A name for it", "")
    desk.page.locator("form:has([data-passkey])").evaluate("form => form.submit()")
    desk.expect_page(f"Error: {ADD}", ADD)
    desk.look_again()
    desk.fill("A name for it", "Key in the safe")
    phone.take_away()
    strong = Keys.strong_key(desk)
    desk.press("Add the key")
    desk.expect_page(KEYS, KEYS)
    assert len(strong.kept()) == 1
    assert "Key in the safe" in desk.page.get_by_role("main").inner_text()
    desk.follow_first("Remove")
    desk.expect_page("Remove a key", "Remove a key")
    desk.open(f"{served.issuer}/staff/stay-signed-in")
    desk.press("Sign out", "link")
    desk.press("Sign out")
    desk.expect_page("You are signed out", "You are signed out")

    desk.press("Staff sign-in")
    desk.expect_page("Staff sign-in", "Staff sign-in")
    desk.press("Use my key")
    desk.expect_page(HOME, HOME)

    stranger = new_visitor(narrow=True)
    stranger.open(link)
    assert re.search("used already", stranger.page.get_by_role("main").inner_text())
    stranger.press("Staff sign-in")
    stranger.page.locator("form:has([data-passkey])").evaluate("form => form.submit()")
    stranger.expect_page("Error: Staff sign-in", "Staff sign-in")
    stranger.look_again()
