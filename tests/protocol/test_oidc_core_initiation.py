"""OpenID Connect Core 1.0 §4: a sign-in that begins here, at the wish of a resident."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.models import Account
from tests import factories
from tests.protocol.resident import Resident
from tests.protocol.signing import ISSUER

HOME = "https://service.example.org/bins?day=monday"
START = "https://service.example.org/sign-in"
EVIL = "https://evil.example/"


def link(resident: Resident, account: Account, query: str = "", **columns: Any) -> str:
    """Return where the link of a service leads that has these columns, empty for no link."""
    application = factories.application(name="Bins", **columns)
    factories.consent(account, application)
    page = resident.get(f"/account/services{query}").content.decode()
    assert "Bins</a>" in page
    found = re.search(r'href="([^"]*)"[^>]*>Go to Bins<', page)
    return unescape(found[1]) if found else ""


@pytest.fixture
def at_home(signed_in: Resident) -> Resident:
    return signed_in


class TestRequest:
    """§4: which parameters the service gets."""

    def test_the_link_begins_a_sign_in_with_us_and_says_where_it_should_end(
        self, at_home: Resident, account: Account
    ) -> None:
        address = link(at_home, account, initiate_login_uri=START, home_url=HOME)
        assert address.startswith(f"{START}?")
        assert parse_qs(urlsplit(address).query) == {"iss": [ISSUER], "target_link_uri": [HOME]}

    def test_it_keeps_the_query_that_was_registered(
        self, at_home: Resident, account: Account
    ) -> None:
        address = link(at_home, account, initiate_login_uri=f"{START}?a=1", home_url="")
        assert address == f"{START}?a=1&iss=http%3A%2F%2Flocalhost%3A8000"

    def test_a_service_that_names_no_such_place_is_opened_where_it_is(
        self, at_home: Resident, account: Account
    ) -> None:
        assert link(at_home, account, home_url=HOME) == HOME

    def test_one_that_names_nothing_has_no_link(self, at_home: Resident, account: Account) -> None:
        assert link(at_home, account) == ""

    def test_no_name_of_the_resident_goes_along(self, at_home: Resident, account: Account) -> None:
        address = link(at_home, account, initiate_login_uri=START, home_url=HOME)
        assert "login_hint" not in address
        assert account.sign_in_name not in address


class TestNoOpenRedirect:
    """§4: a forged request must not lead anybody elsewhere."""

    @pytest.mark.parametrize("name", ["iss", "target_link_uri", "login_hint", "initiate_login_uri"])
    def test_what_the_page_is_asked_with_changes_nothing(
        self, at_home: Resident, account: Account, name: str
    ) -> None:
        address = link(at_home, account, f"?{name}={EVIL}", initiate_login_uri=START)
        assert address == f"{START}?iss=http%3A%2F%2Flocalhost%3A8000"
