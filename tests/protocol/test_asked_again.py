"""A resident is asked again when who asks, what for or the notice has changed, and told why."""

import pytest

from accounts.models import Account
from idp.models import Consent
from tests import factories
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, main_text, path, sent
from tests.protocol.telling import NAMES, TERMS, Change, make_optional, tell

pytestmark = pytest.mark.django_db

EACH = pytest.mark.parametrize("changed", [*TERMS.values(), *NAMES.values()], ids=[*TERMS, *NAMES])


@pytest.fixture
def shared(resident: Resident, partner: Partner, account: Account) -> Resident:
    """Return a resident who shares everything that is asked for."""
    resident.sign_in(account)
    resident.press(resident.ask(partner.application), "share")
    assert "code" in sent(resident.ask(partner.application))
    return resident


@EACH
def test_any_change_asks_again_and_sharing_settles_it(
    shared: Resident, partner: Partner, changed: Change
) -> None:
    changed(partner.application)
    page = shared.ask(partner.application)
    assert path(page) == "/consent"
    assert "We ask you again because" in main_text(page)
    assert "code" in sent(shared.press(page, "share"))
    assert "code" in sent(shared.ask(partner.application))


@EACH
def test_prompt_none_honours_nothing_that_was_not_read(
    shared: Resident, partner: Partner, changed: Change
) -> None:
    changed(partner.application)
    assert sent(shared.ask(partner.application, prompt="none"))["error"] == "consent_required"


def test_what_is_not_asked_for_now_may_have_changed(shared: Resident, partner: Partner) -> None:
    tell(purpose="To send you news")(partner.application)
    asked = {"scope": "openid profile", "prompt": "none"}
    assert "code" in sent(shared.ask(partner.application, **asked))


def test_a_claim_asked_one_by_one_stands_on_the_terms_of_its_scope(
    shared: Resident, partner: Partner
) -> None:
    tell(purpose="To send you news")(partner.application)
    asked = {"scope": "openid", "claims": '{"userinfo":{"email":null}}', "prompt": "none"}
    assert sent(shared.ask(partner.application, **asked))["error"] == "consent_required"
    asked["claims"] = '{"userinfo":{"name":null}}'
    assert "code" in sent(shared.ask(partner.application, **asked))


def test_what_was_not_shown_again_is_not_said_to_have_been_read(
    shared: Resident, partner: Partner
) -> None:
    tell(purpose="To send you news")(partner.application)
    tell("profile", purpose="To greet you")(partner.application)
    shared.press(shared.ask(partner.application, scope="openid profile"), "share")
    consent = Consent.objects.get(superseded_at=None)
    assert consent.scopes == ["email", "openid", "profile"]
    assert consent.terms == {"openid": 1, "profile": 2, "email": 1}
    page = shared.ask(partner.application)
    assert "has changed what it says about “Email address”." in main_text(page)


def test_what_was_agreed_with_another_name_is_asked_for_under_the_new_one(
    shared: Resident, partner: Partner
) -> None:
    NAMES["its name"](partner.application)
    shared.press(shared.ask(partner.application, scope="openid profile"), "share")
    consent = Consent.objects.get(superseded_at=None)
    assert (consent.application_name, consent.scopes) == ("Rates", ["openid", "profile"])
    assert path(shared.ask(partner.application)) == "/consent"


def test_a_detail_that_was_kept_back_is_not_asked_for_by_changing_its_terms(
    resident: Resident, partner: Partner, account: Account
) -> None:
    make_optional(partner.application)
    resident.sign_in(account)
    resident.press(resident.ask(partner.application), "share")
    tell(purpose="To send you news")(partner.application)
    assert "code" in sent(resident.ask(partner.application, prompt="none"))


@EACH
def test_tokens_go_on_until_the_next_sign_in_asks(
    resident: Resident, partner: Partner, account: Account, changed: Change
) -> None:
    resident.sign_in(account)
    issued = factories.grant(partner.application, account=account)
    tokens = body(partner.exchange(issued))
    later = factories.grant(partner.application, session=issued.session)
    changed(partner.application)
    assert partner.userinfo(tokens["access_token"]).status_code == 200
    assert partner.refresh(tokens["refresh_token"]).status_code == 200
    assert partner.exchange(later).status_code == 200
    assert path(resident.ask(partner.application)) == "/consent"


class TestReasons:
    """The page says why, in residents' words."""

    def test_the_first_time_there_is_none(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        assert "again" not in main_text(resident.ask(partner.application))

    @pytest.mark.parametrize(
        "changed, words",
        [
            (TERMS["purpose"], "Riverside Trust has changed what it says about “Email address”."),
            (NAMES["its name"], "because Rates was called Council Tax when you agreed."),
            (
                NAMES["its organisation's name"],
                "Another Trust runs Council Tax now, and Riverside Trust did when you agreed.",
            ),
        ],
    )
    def test_what_changed_is_named(
        self, shared: Resident, partner: Partner, changed: Change, words: str
    ) -> None:
        changed(partner.application)
        assert words in main_text(shared.ask(partner.application))

    def test_more_is_named(self, resident: Resident, partner: Partner, account: Account) -> None:
        resident.sign_in(account)
        resident.press(resident.ask(partner.application, scope="openid"), "share")
        page = resident.ask(partner.application, scope="openid email")
        words = "because Council Tax asks for more than before, namely “Email address”."
        assert words in main_text(page)

    def test_the_day_of_an_old_agreement_is_named(self, shared: Resident, partner: Partner) -> None:
        consent = Consent.objects.get()
        consent.granted_at = consent.granted_at.replace(year=2025, month=5, day=3, hour=12)
        consent.expires_at = consent.granted_at
        consent.save()
        page = shared.ask(partner.application)
        assert "because we do so after some time, and you agreed on 3 May 2025." in main_text(page)

    def test_the_services_own_wish_is_told(self, shared: Resident, partner: Partner) -> None:
        page = shared.ask(partner.application, prompt="consent")
        assert "because Council Tax wants you to look at it again." in main_text(page)

    def test_several_are_listed(self, shared: Resident, partner: Partner) -> None:
        TERMS["purpose"](partner.application)
        NAMES["its name"](partner.application)
        text = main_text(shared.ask(partner.application))
        assert "this is why: Rates was called Council Tax when you agreed." in text
        assert "has changed what it says about “Email address”." in text

    def test_names_are_shown_as_text(self, shared: Resident, partner: Partner) -> None:
        Consent.objects.update(application_name="<b>Bins</b>")
        html = shared.ask(partner.application).content.decode()
        assert "&lt;b&gt;Bins&lt;/b&gt;" in html
        assert "<b>Bins" not in html
