"""Claims of what residents say of themselves: OpenID Connect Core §5.1."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Account, Phone, PostalAddress
from idp.models import Consent
from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.test_statement_counts import statements

SCOPES = ["openid", "profile", "address", "phone"]
NUMBER = "+447700900123"


def claims_of(partner: Partner, account: Account, scopes: list[str] = SCOPES) -> dict[str, Any]:
    Consent.objects.all().delete()
    session = factories.session(account)
    return body(partner.userinfo(partner.tokens(session=session, scopes=scopes)["access_token"]))


class TestProfile:
    """§5.1 birthdate; a former name."""

    def test_a_date_of_birth_is_told_as_iso_8601_writes_it(self, partner: Partner) -> None:
        account = factories.account(date_of_birth=date(1980, 2, 29))
        assert claims_of(partner, account)["birthdate"] == "1980-02-29"

    @pytest.mark.parametrize("shares", [True, False])
    def test_a_former_name_is_told_only_if_its_owner_says_so(
        self, partner: Partner, *, shares: bool
    ) -> None:
        account = factories.account(former_name="Ann Before", shares_former_name=shares)
        told = claims_of(partner, account).get("also_known_as")
        assert told == ("Ann Before" if shares else None)


class TestPhone:
    """§5.1 phone_number, phone_number_verified."""

    @pytest.mark.parametrize(
        "confirmed, stated, verified", [(None, 0, False), (1, 1, True), (400, 400, False)]
    )
    def test_a_number_is_verified_if_it_was_confirmed_and_used_lately(
        self, partner: Partner, confirmed: int | None, stated: int, *, verified: bool
    ) -> None:
        account, now = factories.account(), timezone.now()
        Phone.objects.create(
            account=account,
            number=NUMBER,
            confirmed_at=None if confirmed is None else now - timedelta(days=confirmed),
            changed_at=now - timedelta(days=stated),
        )
        claims = claims_of(partner, account)
        assert (claims["phone_number"], claims["phone_number_verified"]) == (NUMBER, verified)

    def test_an_unsafe_number_is_told_to_nobody(self, partner: Partner) -> None:
        account = factories.account(is_test=True, test_claims={"phone_number": "+441"})
        Phone.objects.create(account=account, number=NUMBER, unsafe_since=timezone.now())
        assert not {"phone_number", "phone_number_verified"} & claims_of(partner, account).keys()


class TestAddress:
    """§5.1.1."""

    def test_an_address_is_told_line_by_line(self, partner: Partner) -> None:
        account = factories.account()
        PostalAddress.objects.create(
            account=account, lines="1 High Street\nExampleham", postcode="ZZ1 1AA"
        )
        assert claims_of(partner, account)["address"] == {
            "formatted": "1 High Street\nExampleham\nZZ1 1AA",
            "postal_code": "ZZ1 1AA",
        }

    def test_no_fixed_address_is_an_answer_too(self, partner: Partner) -> None:
        account = factories.account()
        PostalAddress.objects.create(account=account, no_fixed_address=True)
        assert claims_of(partner, account)["address"] == {"formatted": "No fixed address"}

    def test_an_unsafe_address_is_told_to_nobody(self, partner: Partner) -> None:
        account = factories.account()
        PostalAddress.objects.create(
            account=account, lines="1 High Street", unsafe_since=timezone.now()
        )
        assert "address" not in claims_of(partner, account)


@pytest.mark.parametrize("scope, count", [("profile", 2), ("address", 3), ("phone", 3)])
def test_only_a_scope_that_asks_more_costs_a_statement_more(
    partner: Partner, scope: str, count: int
) -> None:
    token = partner.tokens(scopes=["openid", scope])["access_token"]
    assert statements(lambda: partner.userinfo(token)) == count
