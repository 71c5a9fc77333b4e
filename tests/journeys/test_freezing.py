"""A resident freezes the account, and only a sign-in, never a mail, unfreezes it."""

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, create_account, sign_in
from tests.journeys.visitor import Visitor
from tests.serving.outbox import link_in, text_of
from tests.serving.provider import Served
from tests.serving.services import Services

FROZEN = "Your account is frozen"


def test_freeze_and_unfreeze(new_visitor: NewVisitor, served: Served, services: Services) -> None:
    person, resident = Person(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    resident.press("Share and continue")
    served.outbox.wait_for_mail(person.address)

    resident.open(f"{served.issuer}/account/freeze")
    resident.expect_page("Freeze your account", "Freeze your account")
    resident.press("Freeze my account")
    resident.expect_page(FROZEN, FROZEN)
    resident.open(services.council_tax)
    resident.expect_heading("You are signed out")
    resident.open(f"{served.issuer}/account")
    resident.expect_heading("Sign in to Borough Login")
    mail = served.outbox.wait_for_mail(person.address)
    assert "Your account was frozen" in text_of(mail)

    _unfreeze(resident, person)
    mail = served.outbox.wait_for_mail(person.address)
    assert "no longer frozen" in text_of(mail)


def test_a_mailed_link_freezes_once_and_then_leads_to_people(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident, reader = Person(), new_visitor(), new_visitor(narrow=True)
    create_account(resident, served, services.council_tax, person)
    served.outbox.wait_for_mail(person.address)
    resident.open(f"{served.issuer}/account/where-you-are-signed-in")
    resident.expect_page("Where you are signed in", "Where you are signed in")
    resident.press("Sign out everywhere")
    link = link_in(served.outbox.wait_for_mail(person.address))

    _freeze_by_mail(reader, link)
    reader.expect_page(FROZEN, FROZEN)
    reader.press("Sign in and unfreeze", "link")
    reader.expect_heading("Sign in to Borough Login")
    resident.open(f"{served.issuer}/account")
    _unfreeze(resident, person)

    _freeze_by_mail(reader, link)
    reader.expect_heading("We need to check this with you")
    resident.open(f"{served.issuer}/account/history")
    resident.expect_page("What happened in your account", "What happened in your account")


def _freeze_by_mail(visitor: Visitor, link: str) -> None:
    visitor.open(link)
    visitor.expect_page("Was this you?", "Was this you?")
    visitor.page.get_by_text("I cannot do this").click()
    visitor.press("freeze the account", "link")
    visitor.expect_page("Freeze the account", "Freeze the account")
    visitor.press("Freeze the account")


def _unfreeze(visitor: Visitor, person: Person) -> None:
    sign_in(visitor, person.address, person.password)
    visitor.expect_page(FROZEN, FROZEN)
    visitor.press("Unfreeze my account")
    visitor.expect_heading("Your account")
