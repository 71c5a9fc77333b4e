"""A resident leaves an ex who holds the shared mailbox, a signed-in tablet and the letterbox."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from tests.journeys.conftest import NewVisitor
from tests.journeys.paper import Sheet, add_sheet, type_code
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.outbox import Outbox, code_in, link_in, text_of
from tests.serving.provider import Served

SHARED = "the.ahmeds@mail.example"
NEW = "nadia.now@mail.example"
NEW_PASSWORD = "harbour-velvet-tractor-91"
HOME = "12 Privet Drive, Croydon, CR0 1AA"
# What he would learn from: that she signed in on her new phone he was told before.
_TELLING = re.compile(rf"removed|changed|signed out|must not use|{NEW}")
GUIDE = "Someone I live with has left, or I have"


@dataclass
class Home:
    """The account as both knew it, and the paper with codes that she took along."""

    password: str
    sheet: Sheet


def test_she_is_back_in_and_he_learns_nothing_and_stops_nothing(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    outbox, device = served_in_time.outbox, new_visitor_in_time
    home = _account_of_both(device(), served_in_time)
    clock.put_forward(timedelta(days=8))
    tablet, his_phone, hers = device(), device(), device(narrow=True)
    _enter(tablet, SHARED, home.password, home.sheet)
    _ask_for_reset(his_phone, SHARED)
    reset_link = _link_of(outbox, "Choose a new password")

    _enter(hers, SHARED, home.password, home.sheet)
    _walk_the_guide(hers, outbox)
    hers.expect_page("It is done", "It is done")

    # He holds a tablet, a link and the mailbox.
    tablet.open(f"{tablet.issuer}/account")
    tablet.expect_heading("Sign in to Borough Login")
    his_phone.open(reset_link)
    his_phone.expect_heading("This link does not work")
    sign_in_page = f"{his_phone.issuer}/sign-in"
    his_phone.open(sign_in_page)
    sign_in(his_phone, SHARED, home.password)
    his_phone.expect_page("Error: Sign in to Borough Login", "Sign in to Borough Login")
    clock.put_forward(timedelta(hours=1))
    told = outbox.wait_for_mail(NEW)
    assert told["Subject"] == "A message for you"
    for mail in _rest_of(outbox):
        assert not _TELLING.search(text_of(mail)), text_of(mail)
    _ask_for_reset(his_phone, SHARED)
    clock.put_forward(timedelta(hours=1))

    # She is in, on any device, with what only she has.
    anywhere = device()
    _enter(anywhere, NEW, NEW_PASSWORD, home.sheet)
    anywhere.open(f"{anywhere.issuer}/account/safe-contact")
    expected = anywhere.page.get_by_role("main").inner_text()
    assert NEW in expected
    assert SHARED not in expected
    assert not any("/reset-password/" in text_of(mail) for mail in _rest_of(outbox))
    assert served_in_time.manage("account", "show", NEW)["status"] == "active"


def _rest_of(outbox: Outbox) -> Iterator[EmailMessage]:
    """Yield what lies in the shared mailbox and nobody has read."""
    while mail := outbox.take(SHARED):
        yield mail


def _link_of(outbox: Outbox, subject: str) -> str:
    """Read the shared mailbox up to the mail of this subject, and return its link."""
    mail = outbox.wait_for_mail(SHARED)
    while mail["Subject"] != subject:
        mail = outbox.wait_for_mail(SHARED)
    return link_in(mail)


def _account_of_both(visitor: Visitor, served: Served) -> Home:
    made = served.manage("account", "create", "--email", SHARED, "--name", "Nadia Ahmed")
    visitor.open(f"{visitor.issuer}/account")
    sign_in(visitor, SHARED, made["password"])
    visitor.open(f"{visitor.issuer}/account/address/type")
    visitor.fill("Address line 1", "12 Privet Drive")
    visitor.fill("Town or city", "Croydon")
    visitor.fill("Postcode", "CR0 1AA")
    visitor.press("Save")
    visitor.open(f"{visitor.issuer}/account/ways-to-sign-in")
    return Home(made["password"], add_sheet(visitor))


def _enter(visitor: Visitor, name: str, password: str, sheet: Sheet) -> None:
    visitor.open(f"{visitor.issuer}/account")
    sign_in(visitor, name, password)
    type_code(visitor, sheet)
    visitor.press("Continue")
    visitor.expect_heading("Your account")


def _ask_for_reset(visitor: Visitor, address: str) -> None:
    visitor.open(f"{visitor.issuer}/reset-password")
    visitor.fill("Email address or sign-in name", address)
    visitor.press("Continue")


def _walk_the_guide(hers: Visitor, outbox: Outbox) -> None:
    hers.open(f"{hers.issuer}/account/safe-contact")
    hers.press("Start")
    hers.expect_page(GUIDE, GUIDE)
    hers.press("Start")
    hers.press("Continue")
    question = "Do only you use this phone or computer?"
    hers.expect_page(f"Error: {question}", question)
    hers.choose("Yes, only I use it")
    hers.press("Continue")
    hers.expect_heading("Where should we sign you out?")
    hers.press("Continue")
    hers.expect_heading("Which ways to sign in should stop working?")
    hers.press("Skip this")
    _shut_out(hers, f"Can somebody else read emails to {SHARED}?", "Yes, take it off my account")
    unsure = "Yes, or I am not sure: keep it on file, but do not use it"
    _shut_out(hers, f"Can somebody else open letters to {HOME}?", unsure)
    hers.fill("What is an email address that only you can read?", NEW)
    hers.press("Continue")
    hers.fill("Code", code_in(outbox.wait_for_mail(NEW)), mailed=True)
    hers.press("Continue")
    hers.fill("Choose a new password", NEW_PASSWORD)
    hers.press("Continue")
    hers.choose("Yes, hide it")
    hers.press("Continue")
    hers.choose("No, I want to go on using it")
    hers.press("Continue")
    hers.expect_page("Check before we do it", "Check before we do it")
    hers.press("Do all of this now")


def _shut_out(hers: Visitor, question: str, answer: str) -> None:
    hers.expect_heading(question)
    hers.choose(answer)
    hers.press("Continue")
