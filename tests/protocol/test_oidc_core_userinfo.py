"""The userinfo endpoint and its claims: OpenID Connect Core §5."""

from typing import Any

import pytest

from accounts.models import Account
from idp.models import Consent
from tests import factories
from tests.protocol.partner import Partner, body

EVERYTHING = ["openid", "profile", "email", "address", "phone"]


def claims_of(partner: Partner, **grant: Any) -> dict[str, Any]:
    response = partner.userinfo(partner.tokens(**grant)["access_token"])
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return body(response)


class TestClaims:
    """§5.1, §5.4."""

    def test_each_scope_releases_its_own_claims_and_no_others(self, partner: Partner) -> None:
        account = factories.account("ann@example.org", full_name="Ann Example")
        session = factories.session(account)
        assert claims_of(partner, session=session, scopes=["openid"]).keys() == {"sub"}
        Consent.objects.all().delete()
        profile = claims_of(partner, session=session, scopes=["openid", "profile"])
        assert profile.keys() == {"sub", "name"}
        assert profile["name"] == "Ann Example"
        Consent.objects.all().delete()
        email = claims_of(partner, session=session, scopes=["openid", "email"])
        assert email.keys() == {"sub", "email", "email_verified"}
        assert (email["email"], email["email_verified"]) == ("ann@example.org", True)

    def test_what_we_do_not_hold_is_left_out(self, partner: Partner) -> None:
        claims = claims_of(partner, scopes=EVERYTHING)
        assert claims.keys() == {"sub", "name", "email", "email_verified"}
        assert not [value for value in claims.values() if value in (None, "")]

    def test_a_test_account_has_whatever_claims_it_was_given(self, partner: Partner) -> None:
        given = {
            "birthdate": "1980-02-29",
            "address": {"postal_code": "SE1 1AA"},
            "phone_number": "+442079460000",
            "phone_number_verified": False,
            "nickname": "",
            "picture": None,
        }
        account = factories.account(is_test=True, test_claims=given)
        claims = claims_of(partner, account=account, scopes=EVERYTHING)
        assert claims["birthdate"] == "1980-02-29"
        assert claims["address"] == {"postal_code": "SE1 1AA"}
        assert claims["phone_number_verified"] is False
        assert not {"nickname", "picture"} & claims.keys()

    def test_test_claims_never_replace_subject_or_address(self, partner: Partner) -> None:
        given = {"sub": "other", "email": "other@example.org", "email_verified": True}
        account = factories.account("ann@example.org", is_test=True, test_claims=given)
        claims = claims_of(partner, account=account)
        assert claims["email"] == "ann@example.org"
        assert claims["sub"] != "other"

    def test_values_are_as_they_are_now(self, partner: Partner) -> None:
        account = factories.account(full_name="Ann Example")
        token = partner.tokens(account=account)["access_token"]
        Account.objects.update(full_name="Ann Married")
        assert body(partner.userinfo(token))["name"] == "Ann Married"

    def test_a_claim_that_the_resident_did_not_agree_to_stays_here(self, partner: Partner) -> None:
        token = partner.tokens(scopes=["openid", "email"])["access_token"]
        Consent.objects.update(claims=["email"])
        assert body(partner.userinfo(token)).keys() == {"sub", "email"}


class TestSharedMailbox:
    """§5.1 `email_verified`: an address that several people read proves nobody's identity."""

    def test_a_shared_address_is_not_verified(self, partner: Partner) -> None:
        account = factories.account("family@example.org")
        factories.account("Family@Example.org", sign_in_name="bob")
        assert claims_of(partner, account=account)["email_verified"] is False

    @pytest.mark.parametrize("status", [Account.Status.SUSPENDED, Account.Status.CLOSED])
    def test_accounts_that_are_not_active_do_not_count(
        self, partner: Partner, status: Account.Status
    ) -> None:
        account = factories.account("family@example.org")
        factories.account("family@example.org", sign_in_name="bob", status=status)
        assert claims_of(partner, account=account)["email_verified"] is True


class TestSubject:
    """§5.3.2, §8.1."""

    def test_it_is_the_one_of_the_id_token_each_time(self, partner: Partner) -> None:
        account = factories.account()
        first, second = (claims_of(partner, account=account)["sub"] for _ in range(2))
        assert first == second

    def test_two_services_cannot_tell_that_they_know_the_same_person(
        self, partner: Partner
    ) -> None:
        account = factories.account()
        subjects = {
            claims_of(one, account=account)["sub"] for one in (partner, Partner.confidential())
        }
        assert len(subjects) == 2
        assert not any(str(account.pk) in subject for subject in subjects)

    def test_services_of_one_sector_share_it(self, partner: Partner) -> None:
        account = factories.account()
        twin = Partner.confidential(sector_identifier=partner.application.sector_identifier)
        subjects = {claims_of(one, account=account)["sub"] for one in (partner, twin)}
        assert len(subjects) == 1
