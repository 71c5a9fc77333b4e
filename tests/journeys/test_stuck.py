"""A stuck resident rings, and the agent's first screen says why and what to do."""

import time

from tests.journeys.conftest import NewVisitor
from tests.journeys.keys import Keys
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in
from tests.serving.provider import Served
from tests.serving.services import Services

BEGIN = "Help somebody"
WHY = "Why they are stuck"
MORE = "What else do they tell you?"
WHICH = "Which of them is it?"
NAME = "What do they type to sign in?"


def test_a_couple_share_a_mailbox_and_one_rings(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    desk = _at_a_desk(new_visitor(), served)
    [shared] = [who for who in services.demo["people"] if who["email"].startswith("whitfields")]
    _help_with(desk, shared["email"])
    assert "share this mailbox" in _words(desk)
    desk.press("Type their sign-in name")
    desk.expect_page(WHICH, WHICH)
    desk.fill(NAME, "nobody.of.this.name")
    desk.press("Continue")
    desk.expect_page(f"Error: {WHICH}", WHICH)
    desk.fill(NAME, "joan.whitfield")
    desk.press("Continue")
    desk.expect_page(WHY, WHY)
    assert "share this mailbox" not in _words(desk)
    assert "Joan" not in _words(desk)


def test_a_wrong_password_and_the_code_on_the_screen(
    new_visitor: NewVisitor, served: Served
) -> None:
    desk, resident = _at_a_desk(new_visitor(narrow=True), served), new_visitor()
    resident.open(f"{served.issuer}/sign-in")
    sign_in(resident, "no.such@mail.example", "wrong horse battery")
    _help_with(desk, resident.page.locator(".borough-help__code:visible").first.inner_text())
    assert "was not right" in _words(desk)
    assert "no.such" not in _words(desk)
    assert "This code does not say whom it is about" in _words(desk)
    desk.press("Type their email address to do it for them", "link")
    desk.expect_page(MORE, MORE)
    desk.press("Continue")
    desk.expect_page(f"Error: {MORE}", MORE)
    desk.fill("Help code, email address or reference", "no.such@mail.example")
    desk.press("Continue")
    desk.expect_page(WHY, WHY)
    assert "was not right" in _words(desk)
    assert "I cannot say whether an address has an account" in _words(desk)
    desk.open(f"{desk.issuer}/staff")
    desk.press("Go on with this case", "link")
    desk.expect_page(WHY, WHY)
    desk.page.get_by_text("Other help that needs no check").click()
    desk.press("Email the ways to get back in")
    assert "Nothing else does" in _words(desk)
    served.outbox.wait_for_mail("no.such@mail.example")


def _at_a_desk(desk: Visitor, served: Served) -> Visitor:
    Keys.phone(desk)
    address = f"desk.{time.monotonic_ns()}@council.example"
    made = served.manage("staff", "make", address, "--name", "Sam Lee", "--team", "Contact centre")
    desk.open(link_in(served.outbox.wait_for_mail(address)))
    desk.press("Add my key")
    served.manage("staff", "grant", made["account"], "support")
    return desk


def _help_with(desk: Visitor, typed: str) -> None:
    desk.open(f"{desk.issuer}/staff/help")
    desk.fill("Help code, email address or reference", typed)
    desk.choose("They cannot sign in")
    desk.press("Continue")
    desk.expect_page(WHY, WHY)


def _words(desk: Visitor) -> str:
    return desk.page.get_by_role("main").inner_text()
