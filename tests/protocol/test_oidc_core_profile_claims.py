"""Claims of what residents say of themselves: OpenID Connect Core §5.1."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Account, EmailAddress, Phone, PostalAddress, Session
from idp.models import Consent
from tests import factories
from tests.protocol import tokens
from tests.protocol.partner import Partner, body

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

    def test_an_unsafe_number_is_told_to_nobody(self) -> None:
        partner = Partner.confidential(environment="sandbox", scopes=SCOPES)
        whose = partner.application.organisation
        account = factories.test_resident(whose, test_claims={"phone_number": "+441"})
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


@dataclass
class Shared:
    """An account of two addresses, and what a service hears of them."""

    partner: Partner
    session: Session
    main: EmailAddress
    other: EmailAddress

    def choose(self, address: EmailAddress) -> None:
        Consent.objects.update(email=address, chose_email=True)

    def told(self) -> dict[str, Any]:
        return self._of_address(body(self.partner.userinfo(self._tokens()["access_token"])))

    def told_by_id_token(self) -> dict[str, Any]:
        return self._of_address(
            tokens.claims(self._tokens()["id_token"], self.partner.application.client_id)
        )

    def _tokens(self) -> dict[str, Any]:
        claims = {"id_token": {"email": None, "email_verified": None}}
        scopes = ["openid", "email"]
        return self.partner.tokens(session=self.session, scopes=scopes, claims=claims)

    def _of_address(self, claims: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in claims.items() if name.startswith("email")}


@pytest.fixture
def shared(partner: Partner) -> Shared:
    account = factories.account()
    factories.consent(account, partner.application, scopes=["openid", "email"])
    other = factories.email_address(account, "other@example.org", is_primary=False)
    main = EmailAddress.objects.get(account=account, is_primary=True)
    return Shared(partner, factories.session(account), main, other)


class TestEmail:
    """§5.1 email, email_verified, of the address that its owner chose to share."""

    def test_it_is_the_main_one_unless_another_was_chosen(self, shared: Shared) -> None:
        assert shared.told() == {"email": shared.main.address, "email_verified": True}
        shared.choose(shared.other)
        assert shared.told() == {"email": "other@example.org", "email_verified": True}
        assert shared.told_by_id_token() == shared.told()

    def test_one_that_is_unsafe_or_gone_is_told_no_more_and_no_other_in_its_place(
        self, shared: Shared
    ) -> None:
        shared.choose(shared.other)
        EmailAddress.objects.filter(pk=shared.other.pk).update(unsafe_since=timezone.now())
        assert shared.told() == shared.told_by_id_token() == {}
        shared.other.delete()
        assert shared.told() == shared.told_by_id_token() == {}

    def test_nothing_is_told_where_none_is_safe(self, shared: Shared) -> None:
        shared.choose(shared.other)
        EmailAddress.objects.update(unsafe_since=timezone.now())
        assert shared.told() == {}

    def test_one_of_another_account_is_never_told(self, shared: Shared) -> None:
        stranger = factories.account()
        shared.choose(factories.email_address(stranger, "stranger@example.org", is_primary=False))
        assert shared.told() == {}

    def test_one_that_another_account_reads_too_proves_nothing(self, shared: Shared) -> None:
        factories.account("other@example.org")
        assert shared.told()["email_verified"] is True
        shared.choose(shared.other)
        assert shared.told() == {"email": "other@example.org", "email_verified": False}

    @pytest.mark.parametrize("status", ["frozen", "suspended", "closed"])
    def test_stopping_the_other_account_makes_it_no_better(
        self, shared: Shared, status: str
    ) -> None:
        # Whoever reads a mailbox freezes by mail; a service that goes by a verified address would
        # then take one of its readers for the other.
        other = factories.account("other@example.org", status=status)
        shared.choose(shared.other)
        assert shared.told()["email_verified"] is False
        # Joined, it was the same person's.
        Account.objects.filter(pk=other.pk).update(joined_into=shared.session.account)
        assert shared.told()["email_verified"] is True
