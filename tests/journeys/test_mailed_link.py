"""The link of a sign-up, opened where it began, elsewhere, by a scanner and by a stranger."""

import httpx

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import Person, ask_for_account, give_details
from tests.serving.outbox import link_in
from tests.serving.provider import Served
from tests.serving.services import Services


def test_a_link_confirmed_on_a_phone_signs_nobody_in_there_and_moves_the_computer_on(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, computer, phone = Person(), new_visitor(), new_visitor(narrow=True)
    ask_for_account(computer, services.council_tax, person)
    phone.open(link_in(served.outbox.wait_for_mail(person.address)))
    phone.expect_page("Is this your sign-up?", "Is this your sign-up?")
    phone.press("Yes, confirm my email address")
    phone.expect_heading("Confirmed: go back to the page where you started")
    phone.open(f"{served.issuer}/account")
    phone.expect_heading("Sign in to Borough Login")

    computer.wait_for_heading("Your name and password")
    give_details(computer, person)
    computer.press("Share and continue")
    computer.expect_heading(f"You are signed in as {person.name}")


def test_without_javascript_the_first_page_goes_on_by_its_button(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, computer, phone = Person(), new_visitor(scripts=False), new_visitor()
    ask_for_account(computer, services.council_tax, person)
    phone.open(link_in(served.outbox.wait_for_mail(person.address)))
    phone.press("Yes, confirm my email address")
    computer.press("Continue")
    computer.expect_heading("Your name and password")


def test_a_link_opened_in_the_same_browser_goes_on_there(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    ask_for_account(resident, services.council_tax, person)
    resident.open(link_in(served.outbox.wait_for_mail(person.address)))
    resident.press("Yes, confirm my email address")
    resident.expect_heading("Your name and password")


def test_a_scanner_that_opens_every_link_confirms_nothing(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, resident = Person(), new_visitor()
    ask_for_account(resident, services.council_tax, person)
    link = link_in(served.outbox.wait_for_mail(person.address))
    for _visit in range(3):
        assert httpx.get(link).status_code == 200
        assert httpx.head(link).status_code == 200
    resident.press("Continue")
    resident.expect_page("Error: Check your email", "Check your email")


def test_whoever_did_not_ask_ends_the_sign_up(
    new_visitor: NewVisitor, served: Served, services: Services
) -> None:
    person, stranger, owner = Person(), new_visitor(), new_visitor()
    ask_for_account(stranger, services.council_tax, person)
    owner.open(link_in(served.outbox.wait_for_mail(person.address)))
    owner.press("This was not me")
    owner.expect_page("We ended the sign-up", "We ended the sign-up")
    stranger.page.wait_for_timeout(100)
    stranger.open(stranger.seen[-1].url)
    assert stranger.seen[-1].heading != "Your name and password"
