"""The account page and the bare address."""

import pytest

from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db


def signed_in(name: str) -> Visitor:
    visitor = Visitor()
    visitor.submit(name)
    return visitor


def test_the_bare_address_leads_to_the_account() -> None:
    response = Visitor().get("/")
    assert (response.status_code, response["Location"]) == (302, "/account")


def test_a_stranger_is_sent_to_sign_in_and_back() -> None:
    response = Visitor().get("/account")
    assert (response.status_code, response["Location"]) == (302, "/sign-in?return_to=%2Faccount")


def test_it_shows_whose_account_this_is_and_where_it_is_signed_in() -> None:
    account = factories.account(
        "amara@example.com",
        password=factories.PASSWORD,
        full_name="Amara <b>Okafor</b>",
        sign_in_name="amara.o",
    )
    visitor = signed_in("amara.o")
    page = visitor.get("/account").content.decode()
    assert "Amara &lt;b&gt;Okafor" in page
    assert "amara.o" in page
    assert "amara@example.com" in page
    assert "In this browser only" in page
    factories.session(account)
    assert "In this browser and 1 other" in visitor.get("/account").content.decode()
    factories.session(account)
    assert "In this browser and 2 others" in visitor.get("/account").content.decode()


def test_its_menu_leads_to_the_services_and_out() -> None:
    factories.account("amara@example.com", password=factories.PASSWORD)
    page = signed_in("amara@example.com").get("/account").content.decode()
    assert 'href="/account/services"' in page
    assert 'href="/sign-out"' in page


def test_nobody_else_sees_it_from_a_shared_computers_memory() -> None:
    factories.account("amara@example.com", password=factories.PASSWORD)
    assert signed_in("amara@example.com").get("/account")["Cache-Control"] == "no-store"
