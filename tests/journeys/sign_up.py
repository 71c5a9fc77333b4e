"""Going from a service's sign-in button to a new account, as most journeys begin."""

from dataclasses import dataclass, field
from uuid import uuid4

from tests.journeys.visitor import Visitor
from tests.serving.outbox import code_in
from tests.serving.provider import Served

SIGN_IN_AT_SERVICE = "Sign in with Borough Login"


@dataclass(frozen=True)
class Person:
    """Somebody who is about to have an account; nobody else has their address."""

    name: str = "Amara Okafor"
    password: str = "velvet-harbour-tractor-91"
    address: str = field(default_factory=lambda: f"amara.{uuid4().hex[:8]}@mail.example")


def ask_for_account(visitor: Visitor, service_url: str, person: Person) -> None:
    """Go from the service to the page that waits for the mailed code."""
    visitor.open(service_url)
    visitor.press(SIGN_IN_AT_SERVICE)
    visitor.press("Create an account", "link")
    visitor.fill("Email address", person.address)
    visitor.press("Continue")


def type_code(visitor: Visitor, served: Served, person: Person) -> None:
    """Type the code from the newest mail."""
    code = code_in(served.outbox.wait_for_mail(person.address))
    visitor.fill("Code", code, mailed=True)
    visitor.press("Continue")


def give_details(visitor: Visitor, person: Person) -> None:
    """Type name and password, which makes the account."""
    visitor.fill("Full name", person.name)
    visitor.fill("Create a password", person.password)
    visitor.press("Create account")


def create_account(visitor: Visitor, served: Served, service_url: str, person: Person) -> None:
    """Go from the service to its sharing page with a new account."""
    ask_for_account(visitor, service_url, person)
    type_code(visitor, served, person)
    give_details(visitor, person)


def sign_in(visitor: Visitor, name: str, password: str) -> None:
    """Fill in the sign-in page that is shown."""
    visitor.fill("Email address or sign-in name", name)
    visitor.fill("Password", password)
    visitor.press("Sign in")
