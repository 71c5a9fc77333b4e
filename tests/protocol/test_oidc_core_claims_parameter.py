"""The claims parameter: OpenID Connect Core 1.0 §5.5."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account, PostalAddress
from clients.models import ApplicationScope
from idp.models import AuthorizationRequest, Consent
from idp.oidc.claims_parameter import MAX_LENGTH
from tests import factories
from tests.protocol.asking import asking, learned, told
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, path, sent


@pytest.fixture
def account() -> Account:
    """Return somebody with a name, a birthday and an address of their own."""
    return factories.account(
        "ann@example.org", password=factories.PASSWORD, date_of_birth=date(1980, 2, 29)
    )


class TestSection55WhereClaimsGo:
    """§5.5: members userinfo and id_token."""

    @pytest.mark.parametrize(
        "wish", [None, {"essential": True}, {"essential": False}, {"unknown": 1}]
    )
    def test_a_claim_comes_from_userinfo_alone_if_asked_for_there(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        got = learned(signed_in, partner, asking({"name": wish}))
        assert got.userinfo.keys() == {"sub", "name"}
        assert got.userinfo["name"] == "Ann Example"
        assert got.extra == {}

    def test_a_claim_comes_in_the_id_token_alone_if_asked_for_there(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        got = learned(signed_in, partner, asking(None, {"birthdate": None, "email": None}))
        assert got.extra == {"birthdate": "1980-02-29", "email": "ann@example.org"}
        assert got.userinfo.keys() == {"sub"}

    def test_at_both_places_it_comes_from_both(self, signed_in: Resident, partner: Partner) -> None:
        got = learned(signed_in, partner, asking({"name": None}, {"name": None}))
        assert got.extra["name"] == got.userinfo["name"] == "Ann Example"

    def test_the_longest_id_token_is_still_taken_as_a_hint(self, resident: Resident) -> None:
        partner = Partner.confidential(scopes=["openid", "profile", "address"])
        account = factories.account(
            full_name="木" * 200, former_name="木" * 200, shares_former_name=True
        )
        PostalAddress.objects.create(account=account, lines="\n".join(["木" * 80] * 5))
        resident.sign_in(account)
        wish = {"name": None, "also_known_as": None, "address": None}
        hint = learned(resident, partner, asking(None, wish)).answer["id_token"]
        assert len(hint) > 7000
        again = resident.ask(partner.application, scope="openid", prompt="none", id_token_hint=hint)
        assert "code" in sent(again)

    def test_claims_come_beside_those_of_scopes(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        got = learned(signed_in, partner, asking({"name": None}), scope="openid email")
        assert got.userinfo.keys() == {"sub", "name", "email", "email_verified"}

    def test_a_wish_does_not_take_away_what_a_scope_gives(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        claims = asking({"name": {"value": "Somebody Else"}})
        assert "name" in learned(signed_in, partner, claims, scope="openid profile").userinfo

    def test_one_claim_of_a_pair_comes_alone(self, signed_in: Resident, partner: Partner) -> None:
        got = learned(signed_in, partner, asking({"email_verified": {"essential": True}}))
        assert got.userinfo == {"sub": got.id_token["sub"], "email_verified": True}

    @pytest.mark.parametrize("claims", ["{}", asking({}), asking({}, {}), asking(other={"a": 1})])
    def test_asking_for_nothing_is_no_error(
        self, signed_in: Resident, partner: Partner, claims: str
    ) -> None:
        got = learned(signed_in, partner, claims)
        assert got.no_details

    def test_a_claim_without_a_value_is_left_out_though_essential(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        wish = {"nickname": {"essential": True}}
        got = learned(signed_in, partner, asking(wish, wish))
        assert got.no_details

    def test_unknown_claims_are_ignored(self, signed_in: Resident, partner: Partner) -> None:
        wish = {"shoe_size": {"essential": True}, "https://example.org/x": None, "name#ja": None}
        got = learned(signed_in, partner, asking(wish, wish))
        assert got.no_details

    def test_claims_of_the_protocol_cannot_be_asked_to_be_different(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        wish = {name: {"value": "evil"} for name in ("iss", "aud", "exp", "nonce", "sid", "amr")}
        got = learned(signed_in, partner, asking(wish, wish))
        assert got.extra == {}
        assert got.id_token["nonce"] == "nonce-1"
        assert got.userinfo.keys() == {"sub"}


class TestSection55NeverMoreThanRegistered:
    """A claim that none of the application's own scopes covers stays here."""

    def test_a_claim_of_no_registered_scope_is_ignored(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(scopes=["openid", "email"])
        resident.sign_in(account)
        wish = {"name": {"essential": True}, "phone_number": None, "address": None}
        got = learned(resident, partner, asking(wish, wish), scope="openid profile")
        assert got.no_details
        assert AuthorizationRequest.objects.get().claims == {}

    def test_a_registered_scope_need_not_be_asked_for_as_well(
        self, resident: Resident, account: Account
    ) -> None:
        partner = Partner.confidential(scopes=["openid", "email"])
        resident.sign_in(account)
        assert "email" in learned(resident, partner, asking({"email": None})).userinfo

    def test_nobody_under_age_is_asked_for_what_is_only_agreed_to(
        self, resident: Resident, partner: Partner
    ) -> None:
        child = factories.account(date_of_birth=date(2012, 1, 1))
        ApplicationScope.objects.filter(scope="profile").update(lawful_basis="consent")
        resident.sign_in(child)
        wish = {"birthdate": {"essential": True}, "email": None}
        got = learned(resident, partner, asking(wish, wish))
        assert got.userinfo.keys() == {"sub", "email"}
        assert got.extra.keys() == {"email"}
        assert Consent.objects.get().claims == ["email"]


class TestSection551Values:
    """§5.5.1: value and values."""

    @pytest.mark.parametrize(
        "wish",
        [
            {"value": "1980-02-29"},
            {"values": ["1980-02-29"]},
            {"essential": True, "values": ["2000-01-01", "1980-02-29", 7, None, {"a": [1]}]},
        ],
    )
    def test_a_value_that_is_asked_for_is_told(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        got = learned(signed_in, partner, asking({"birthdate": wish}, {"birthdate": wish}))
        assert got.userinfo["birthdate"] == got.extra["birthdate"] == "1980-02-29"

    @pytest.mark.parametrize(
        "wish",
        [{"value": "2000-01-01"}, {"essential": True, "values": ["1980", 1980]}, {"value": None}],
    )
    def test_another_value_is_left_out(
        self, signed_in: Resident, partner: Partner, wish: object
    ) -> None:
        got = learned(signed_in, partner, asking({"birthdate": wish}, {"birthdate": wish}))
        assert got.no_details

    @pytest.mark.parametrize("value, comes", [(True, True), (1, False), ("true", False)])
    def test_a_flag_fits_itself_alone(
        self, signed_in: Resident, partner: Partner, value: object, *, comes: bool
    ) -> None:
        got = learned(signed_in, partner, asking({"email_verified": {"value": value}}))
        assert ("email_verified" in got.userinfo) is comes

    def test_the_value_of_today_is_compared(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        got = learned(signed_in, partner, asking({"name": {"value": "Ann Married"}}))
        assert "name" not in got.userinfo
        Account.objects.filter(pk=account.pk).update(full_name="Ann Married")
        again = told(partner, got.answer)
        assert again.userinfo["name"] == "Ann Married"


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["phr", "Ann Example", 10**400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
WISHES = (
    st.fixed_dictionaries(
        {}, optional={"essential": st.booleans(), "value": ANYTHING, "values": st.lists(ANYTHING)}
    )
    | ANYTHING
)
REFUSED = {
    "not_json": [" ", "{", "userinfo", "{'userinfo':{}}", "[" * 5000],
    "not_an_object": ["[]", "null", "7", '"userinfo"'],
    "duplicate_member": ['{"userinfo":{},"userinfo":{}}', '{"userinfo":{"name":null,"name":{}}}'],
    "not_a_number": ['{"userinfo":{"updated_at":{"value":NaN}}}', '{"x":1e999}'],
    "too_deep": ['{"x":' * 100 + "1" + "}" * 100],
    "bad_character": ['{"userinfo":{"name":{"value":"\\u0000"}}}', '{"\\ud800":1}'],
    "too_long": [asking({"name": {"value": "x" * MAX_LENGTH}}), "{}" + " " * MAX_LENGTH],
    "too_many_names": [asking({f"n{number}": None for number in range(101)})],
    "member_not_an_object": ['{"userinfo":null}', '{"id_token":[]}', '{"userinfo":"name"}'],
    "claim_not_an_object": [asking({"name": True}), asking({"name": []}), asking({"x": "y"})],
    "essential_not_a_boolean": [
        asking({"name": {"essential": 1}}),
        asking({"x": {"essential": None}}),
    ],
    "values_not_an_array": [asking({"name": {"values": "x"}}), asking({"name": {"values": []}})],
    "value_and_values": [asking({"name": {"value": "x", "values": ["x"]}})],
}


class TestRefusals:
    """What is not a claims parameter is refused by name, and nothing is guessed."""

    @pytest.mark.parametrize(
        "fault, claims",
        [(fault, text) for fault, texts in REFUSED.items() for text in texts],
    )
    def test_it_goes_back_as_invalid_request(
        self,
        resident: Resident,
        partner: Partner,
        caplog: pytest.LogCaptureFixture,
        fault: str,
        claims: str,
    ) -> None:
        caplog.set_level("INFO")
        answer = sent(resident.ask(partner.application, claims=claims))
        assert (answer["error"], answer["state"]) == ("invalid_request", "state-1")
        assert f"(claims_{fault})" in caplog.text
        assert not AuthorizationRequest.objects.exists()

    @settings(
        max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        members=st.dictionaries(
            st.sampled_from(["userinfo", "id_token", "other"]),
            st.dictionaries(st.sampled_from(["name", "sub", "acr", "auth_time", "x"]), WISHES)
            | ANYTHING,
        )
    )
    def test_anything_is_taken_or_refused(
        self, resident: Resident, partner: Partner, members: dict[str, object]
    ) -> None:
        page = resident.ask(partner.application, claims=json.dumps(members))
        if page.status_code == 303:
            assert sent(page)["error"] in {
                *("invalid_request", "login_required", "unmet_authentication_requirements"),
            }
        else:
            assert path(page) == "/sign-in"

    def test_a_hundred_names_are_read(self, resident: Resident, partner: Partner) -> None:
        claims = asking({f"n{number}": None for number in range(99)}, {"name": None})
        assert path(resident.ask(partner.application, claims=claims)) == "/sign-in"
        assert AuthorizationRequest.objects.get().claims == {"id_token": {"name": []}}

    @pytest.mark.parametrize("locales", ["se", "de en", "x" * 500, "{"])
    def test_claims_locales_are_ignored(
        self, signed_in: Resident, partner: Partner, locales: str
    ) -> None:
        assert "code" in signed_in.answer(partner.application, claims_locales=locales)
