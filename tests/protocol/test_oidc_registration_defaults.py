"""OpenID Connect Registration §2: what is asked for an application whose request says nothing."""

import pytest

from accounts.assurance import Method
from accounts.models import Account
from idp.models import AuthorizationRequest
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, path

SFA, MFA = "https://refeds.org/profile/sfa", "https://refeds.org/profile/mfa"


class TestDefaultMaxAge:
    """`default_max_age`: a request's max_age overrides it."""

    @pytest.fixture
    def partner(self) -> Partner:
        return Partner.confidential(default_max_age=0)

    def test_it_counts_where_nothing_is_asked(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        assert path(resident.ask(partner.application)) == "/sign-in"

    def test_what_is_asked_counts_instead(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        assert path(resident.ask(partner.application, max_age="1000")) == "/consent"


class TestDefaultAcrValues:
    """`default_acr_values`: acr_values, vtr and a claims request for acr override them."""

    @pytest.fixture
    def partner(self) -> Partner:
        return Partner.confidential(default_acr_values=["unknown", MFA])

    def test_they_count_where_nothing_is_asked(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.ask(partner.application)
        assert AuthorizationRequest.objects.get().acr_values == [MFA]
        resident.sign_in(account)
        assert path(resident.ask(partner.application)) != "/consent"
        resident.sign_in(account, Method.PASSWORD, Method.APP)
        assert path(resident.ask(partner.application)) == "/consent"

    @pytest.mark.parametrize(
        "asked",
        [
            {"acr_values": SFA},
            {"acr_values": "unknown"},
            {"vtr": '["Cl"]'},
            {"claims": f'{{"id_token": {{"acr": {{"value": "{SFA}"}}}}}}'},
            {"claims": f'{{"id_token": {{"acr": {{"essential": true, "values": ["{SFA}"]}}}}}}'},
        ],
    )
    def test_what_is_asked_counts_instead(
        self, resident: Resident, partner: Partner, account: Account, asked: dict[str, str]
    ) -> None:
        resident.sign_in(account)
        assert path(resident.ask(partner.application, **asked)) == "/consent"
