"""A session ends while somebody fills in a form: they sign in again and find it as they left it."""

from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.sign_up import sign_in
from tests.journeys.visitor import Visitor
from tests.serving.clock import Clock
from tests.serving.provider import Served

SIGN_IN = "Sign in to Borough Login"
TYPE = "Your address"
LINES = {
    "Address line 1": "Flat 3, Żubr House",
    "Address line 2 (optional)": "1 High Street",
    "Town or city": "Example",
    "Postcode": "AB1 2CD",
}
_numbers = count(1)


def _person(served: Served) -> tuple[str, str]:
    address = f"late{next(_numbers)}@mail.example"
    made = served.manage("account", "create", "--email", address, "--name", "Ife Late")
    return address, made["password"]


def _type_too_late(visitor: Visitor, address: str, password: str, clock: Clock) -> None:
    visitor.open(f"{visitor.issuer}/account/address/type")
    sign_in(visitor, address, password)
    visitor.expect_page(TYPE, TYPE)
    for label, line in LINES.items():
        visitor.fill(label, line)
    clock.put_forward(timedelta(minutes=61))
    visitor.press("Save")
    visitor.expect_page(SIGN_IN, SIGN_IN)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_that_was_nearly_typed_waits(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock, *, scripts: bool
) -> None:
    address, password = _person(served_in_time)
    visitor = new_visitor_in_time(narrow=True, keyboard=scripts, scripts=scripts)
    _type_too_late(visitor, address, password, clock)
    sign_in(visitor, address, password)
    visitor.expect_page(TYPE, TYPE)
    expect(visitor.page.get_by_role("region", name="Not sent yet")).to_be_visible()
    for label, line in LINES.items():
        expect(visitor.page.get_by_label(label, exact=True)).to_have_value(line)
    visitor.press("Save")
    visitor.expect_heading("Your account")
    assert "Flat 3, Żubr House" in visitor.page.get_by_role("main").inner_text()


def test_whoever_signs_in_next_at_the_library_finds_an_empty_form(
    new_visitor_in_time: NewVisitor, served_in_time: Served, clock: Clock
) -> None:
    visitor = new_visitor_in_time()
    _type_too_late(visitor, *_person(served_in_time), clock)
    sign_in(visitor, *_person(served_in_time))
    visitor.expect_page(TYPE, TYPE)
    for label in LINES:
        expect(visitor.page.get_by_label(label, exact=True)).to_have_value("")
