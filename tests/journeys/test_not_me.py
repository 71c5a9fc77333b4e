"""Somebody else knows the password: the owner says so, by mail and beside a row of the history."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pyotp

from tests.journeys.conftest import NewVisitor
from tests.journeys.paper import add_sheet, type_code
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.outbox import Outbox, link_in, text_of
from tests.serving.provider import Served
from tests.serving.services import Services

OUT = "Everybody is signed out"


def test_this_was_not_me_in_a_mail_stops_what_a_stranger_added(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, owner, thief = Person(), new_visitor(narrow=True), new_visitor()
    create_account(owner, served, services.council_tax, person)
    served.outbox.wait_for_mail(person.address)
    _sign_in(thief, served, person)
    mail = served.outbox.wait_for_mail(person.address)
    assert "where you had not signed in lately" in text_of(mail)
    thief.open(f"{served.issuer}/account/ways-to-sign-in")
    thief.press("An app that shows codes", "link")
    secret = thief.page.locator("#app-key").inner_text().replace(" ", "")
    thief.fill("Code that the app shows", pyotp.TOTP(secret).now())
    thief.press("Add the app")

    added = served.outbox.wait_for_mail(person.address)
    assert "A way to sign in was added" in text_of(added)
    owner.open(link_in(added))
    owner.expect_page("Was this you?", "Was this you?")
    owner.press("This wasn’t me")
    owner.expect_page(OUT, OUT)

    # The app opens nothing more, and the password alone does not open what has had an app.
    thief.open(f"{served.issuer}/account")
    thief.expect_heading("Sign in to Borough Login")
    sign_in(thief, person.address, person.password)
    assert not thief.page.get_by_label("Code").count()
    thief.open(f"{served.issuer}/account")
    thief.expect_heading("Sign in to Borough Login")


def test_this_was_not_me_beside_a_row_signs_everybody_out(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, owner, stranger = Person(), new_visitor(), new_visitor(narrow=True)
    create_account(owner, served, services.council_tax, person)
    _sign_in(stranger, served, person)

    owner.open(f"{served.issuer}/account/history")
    owner.expect_page("What happened in your account", "What happened in your account")
    rows = owner.page.get_by_role("link", name=re.compile("^This wasn’t me.*Signed in"))
    # Both sign-ins may be of one minute, and so read alike: the stranger's is the newer.
    owner.open(f"{served.issuer}{rows.first.get_attribute('href')}")
    owner.expect_page("This wasn’t me", "This wasn’t me")
    owner.press("This wasn’t me")
    owner.expect_page(OUT, OUT)

    stranger.open(f"{served.issuer}/account")
    stranger.expect_heading("Sign in to Borough Login")
    _sign_in(owner, served, person)


def test_what_was_set_aside_by_mistake_is_kept_after_a_sign_in_by_what_is_older(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    person, owner, outbox = Person(), new_visitor_in_time(narrow=True), served_in_time.outbox
    named = ("--email", person.address, "--name", person.name)
    password = served_in_time.manage("account", "create", *named)["password"]
    ways = f"{owner.issuer}/account/ways-to-sign-in"
    owner.open(ways)
    sign_in(owner, person.address, password)
    sheet = add_sheet(owner)
    _told_of_new_way(outbox, person)
    clock.put_forward(timedelta(days=1))
    owner.open(f"{ways}/app")
    sign_in(owner, person.address, password)
    type_code(owner, sheet)
    owner.press("Continue")
    secret = owner.page.locator("#app-key").inner_text().replace(" ", "")
    owner.fill("Code that the app shows", pyotp.TOTP(secret).at(datetime.now(UTC) + clock.ahead))
    owner.press("Add the app")

    # It was the owner's own: the mail was read in a hurry.
    owner.open(link_in(_told_of_new_way(outbox, person)))
    owner.press("This wasn’t me")
    owner.open(ways)
    sign_in(owner, person.address, password)
    type_code(owner, sheet)
    owner.press("Continue")
    owner.follow("Keep App that shows codes")
    owner.expect_page("Is this yours?", "Is this yours?")
    owner.press("It is mine, keep it")
    owner.expect_page("Ways to sign in", "Ways to sign in")
    assert not owner.page.get_by_role("heading", name="Are these yours?").count()


def _sign_in(visitor: Visitor, served: Served, person: Person) -> None:
    visitor.open(f"{served.issuer}/account")
    sign_in(visitor, person.address, person.password)
    visitor.expect_heading("Your account")


def _told_of_new_way(outbox: Outbox, person: Person) -> EmailMessage:
    """Read the mailbox up to the mail that tells of a new way to sign in, and return it."""
    mail = outbox.wait_for_mail(person.address)
    while "A way to sign in was added" not in text_of(mail):
        mail = outbox.wait_for_mail(person.address)
    return mail
