"""Where somebody lives: looked up, typed, or nowhere fixed."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import PostalAddress
from accounts.profile.postal import lookup
from tests import factories
from tests.accounts import post
from tests.accounts.profile.emails.resident import Resident, text

pytestmark = pytest.mark.django_db
DEMO = "accounts.profile.postal.demo_lookup.DemoLookup"
LOOKUPS = "tests.accounts.profile.postal.lookups"
TYPED = {"line_1": "1 High Street", "town": "Exampleham", "postcode": "ex1 1aa"}


@pytest.fixture
def ann(settings: Settings) -> Resident:
    settings.ADDRESS_LOOKUP = DEMO
    return Resident()


def address() -> PostalAddress | None:
    return PostalAddress.objects.first()


def test_an_address_is_found_by_its_postcode(ann: Resident) -> None:
    page = text(ann.post("/account/address", postcode="zz11aa"))
    assert "3 Kingfisher Row, Exampleham" in page
    ann.post("/account/address/choose", postcode="ZZ1 1AA", uprn="100000010003")
    row = address()
    assert row is not None
    assert (row.lines, row.postcode) == ("3 Kingfisher Row\nExampleham", "ZZ1 1AA")
    assert (row.uprn, row.checked_at) == ("100000010003", None)
    assert "You told us this" in text(ann.get("/account"))
    assert "Your postal address was changed" in post.newest().text


@pytest.mark.parametrize("uprn", ["", "999999999999", "<b>", "\x00"])
def test_an_address_that_was_not_offered_cannot_be_chosen(ann: Resident, uprn: str) -> None:
    page = ann.post("/account/address/choose", postcode="ZZ1 1AA", uprn=uprn)
    assert "Choose your address" in text(page)
    assert address() is None


def test_choosing_without_a_postcode_leads_back(ann: Resident) -> None:
    assert ann.get("/account/address/choose")["Location"] == "/account/address"
    assert ann.post("/account/address/choose")["Location"] == "/account/address"


def test_a_postcode_without_addresses_falls_back_to_typing(ann: Resident) -> None:
    page = ann.post("/account/address", postcode="SW1A 2AA")
    assert "We found no address with the postcode SW1A 2AA" in text(page)
    assert 'value="SW1A 2AA"' in page.content.decode()


@pytest.mark.parametrize("broken", ["Failing", "Hanging", "Missing"])
def test_a_look_up_that_fails_falls_back_to_typing_and_logs_no_address(
    ann: Resident, settings: Settings, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ADDRESS_LOOKUP = f"{LOOKUPS}.{broken}"
    settings.ADDRESS_LOOKUP_TIMEOUT = timedelta(milliseconds=50)
    with caplog.at_level(logging.WARNING):
        page = ann.post("/account/address", postcode="ZZ1 1AA")
    assert "We cannot look up addresses at the moment" in text(page)
    assert 'value="ZZ1 1AA"' in page.content.decode()
    assert "address look-up failed" in caplog.text
    assert "ZZ1" not in caplog.text


def test_only_sound_addresses_of_a_look_up_are_offered(settings: Settings) -> None:
    settings.ADDRESS_LOOKUP = f"{LOOKUPS}.Odd"
    assert [one.uprn for one in lookup.find("ZZ1 1AA")] == ["4"]


def test_without_a_look_up_the_address_is_typed(ann: Resident, settings: Settings) -> None:
    settings.ADDRESS_LOOKUP = ""
    assert ann.get("/account/address")["Location"] == "/account/address/type"
    ann.post("/account/address/type", **TYPED)
    row = address()
    assert row is not None
    assert (row.lines, row.postcode) == ("1 High Street\nExampleham", "EX1 1AA")
    page = ann.get("/account/address/type").content.decode()
    assert 'value="1 High Street"' in page
    assert 'value="Exampleham"' in page


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({"line_1": ""}, "Enter address line 1"),
        ({"town": ""}, "Enter a town or city"),
        ({"postcode": "nowhere"}, "Enter a full UK postcode"),
        ({"line_2": "Flat\u202e2"}, "not hidden characters"),
        ({"line_1": "x" * 101}, "100 characters or fewer"),
        ({"line_1": "1 High\x00 Street"}, "hidden characters"),
    ],
)
def test_what_cannot_be_an_address_is_said(ann: Resident, wrong: dict[str, str], says: str) -> None:
    assert says in text(ann.post("/account/address/type", **{**TYPED, **wrong}))
    assert address() is None


def test_no_fixed_address_is_an_answer_too_and_can_be_removed(ann: Resident) -> None:
    ann.post("/account/address/type", **TYPED)
    ann.post("/account/address/none")
    row = address()
    assert row is not None
    assert (row.no_fixed_address, row.lines) == (True, "")
    assert "No fixed address" in text(ann.get("/account"))
    ann.post("/account/address/remove")
    assert address() is None


def test_the_same_again_keeps_a_check_and_another_one_loses_it(ann: Resident) -> None:
    ann.post("/account/address/type", **TYPED)
    PostalAddress.objects.update(checked_at=timezone.now())
    ann.post("/account/address/type", **TYPED)
    assert address() is not None
    assert PostalAddress.objects.filter(checked_at=None).count() == 0
    ann.post("/account/address/type", **{**TYPED, "line_1": "2 High Street"})
    assert PostalAddress.objects.filter(checked_at=None).count() == 1


def test_each_account_has_so_many_look_ups_and_types_then(ann: Resident) -> None:
    for _try in range(30):
        ann.post("/account/address", postcode="ZZ1 1AA")
    page = text(ann.post("/account/address", postcode="ZZ1 1AA"))
    assert "We cannot look up addresses at the moment" in page


def test_an_unsafe_address_is_shown_as_such(ann: Resident) -> None:
    PostalAddress.objects.create(
        account=ann.account, lines="1 High Street", unsafe_since=timezone.now()
    )
    assert "Unsafe: we send nothing there" in text(ann.get("/account"))


def test_an_old_sign_in_comes_back_with_what_was_typed(ann: Resident) -> None:
    del ann
    stale = Resident(factories.account("old@example.org", password=factories.PASSWORD))
    session = stale.session
    assert session is not None
    session.signed_in_at -= timedelta(minutes=20)
    session.save()
    response = stale.post("/account/address/type", **TYPED)
    assert response["Location"].startswith("/sign-in?")
    assert address() is None
