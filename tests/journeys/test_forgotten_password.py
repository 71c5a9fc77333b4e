"""A resident who forgot the password gets a new one by mail, and is signed in nowhere by that."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import SIGN_IN_AT_SERVICE, Person, create_account, sign_in
from tests.serving.outbox import link_in
from tests.serving.provider import Served
from tests.serving.services import Services

NEW_PASSWORD = "lantern-meadow-biscuit-27"


def test_a_new_password_by_mail_ends_every_session_and_signs_nobody_in(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, tablet, phone = Person(), new_visitor(), new_visitor(narrow=True)
    create_account(tablet, served, services.council_tax, person)
    tablet.press("Share and continue")
    served.outbox.wait_for_mail(person.address)

    phone.open(services.community_hub)
    phone.press(SIGN_IN_AT_SERVICE)
    phone.press("I have forgotten my password", "link")
    phone.press("Continue")
    phone.expect_page("Error: Choose a new password", "Choose a new password")
    phone.fill("Email address or sign-in name", person.address)
    phone.press("Continue")
    phone.expect_page("Check your email", "Check your email")

    link = link_in(served.outbox.wait_for_mail(person.address))
    phone.open(f"{link}/more-time")
    phone.expect_page("You have more time", "You have more time")
    phone.open(link)
    phone.expect_page("Choose a new password", "Choose a new password")
    phone.page.get_by_role("button", name="Give me more time").click()
    expect(phone.page.get_by_text("You have more time.")).to_be_visible()
    phone.fill("New password", "short")
    phone.press("Change password")
    phone.expect_page("Error: Choose a new password", "Choose a new password")
    phone.fill("New password", NEW_PASSWORD)
    phone.press("Change password")
    phone.expect_page("Your password is changed", "Your password is changed")

    phone.open(f"{served.issuer}/account")
    phone.expect_heading("Sign in to Borough Login")
    sign_in(phone, person.address, person.password)
    phone.expect_page("Error: Sign in to Borough Login", "Sign in to Borough Login")
    sign_in(phone, person.address, NEW_PASSWORD)
    phone.expect_heading("Your account")

    tablet.open(services.council_tax)
    tablet.expect_heading("You are signed out")
    mail = served.outbox.wait_for_mail(person.address)
    assert mail["Subject"] == "Your password was changed"


def test_a_link_works_once(new_visitor: NewVisitor, served: Served, services: Services) -> None:
    person, resident = Person(), new_visitor()
    create_account(resident, served, services.council_tax, person)
    served.outbox.wait_for_mail(person.address)
    resident.open(f"{served.issuer}/reset-password")
    resident.fill("Email address or sign-in name", person.address)
    resident.press("Continue")
    link = link_in(served.outbox.wait_for_mail(person.address))
    resident.open(link)
    resident.fill("New password", NEW_PASSWORD)
    resident.press("Change password")
    resident.open(link)
    resident.expect_page("This link does not work", "This link does not work")
