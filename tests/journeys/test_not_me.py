"""Somebody else knows the password: the owner says so, by mail and beside a row of the history."""

import re

import pyotp

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in, text_of
from tests.serving.provider import Served
from tests.serving.services import Services

OUT = "Everybody else is signed out"


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


def test_this_was_not_me_beside_a_row_signs_everybody_else_out(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, owner, stranger = Person(), new_visitor(), new_visitor(narrow=True)
    create_account(owner, served, services.council_tax, person)
    _sign_in(stranger, served, person)

    owner.open(f"{served.issuer}/account/history")
    owner.expect_page("What happened in your account", "What happened in your account")
    rows = owner.page.get_by_role("link", name=re.compile("^This wasn’t me.*Signed in"))
    owner.press(rows.first.inner_text(), "link")
    owner.expect_page("This wasn’t me", "This wasn’t me")
    owner.press("This wasn’t me")
    owner.expect_page(OUT, OUT)

    stranger.open(f"{served.issuer}/account")
    stranger.expect_heading("Sign in to Borough Login")
    owner.open(f"{served.issuer}/account")
    owner.expect_heading("Your account")


def _sign_in(visitor: Visitor, served: Served, person: Person) -> None:
    visitor.open(f"{served.issuer}/account")
    sign_in(visitor, person.address, person.password)
    visitor.expect_heading("Your account")
