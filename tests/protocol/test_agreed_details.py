"""An agreement covers the details that the page named, and what comes to them later is asked."""

import re

import pytest

from accounts.audit.actor import SYSTEM
from accounts.models import Account, OutboundMessage
from accounts.profile.details import operations as details
from clients.models import Application, Organisation
from idp.models import Consent, Disclosure
from idp.oidc import claims, profile_claims
from idp.oidc.sharing import missing
from idp.oidc.sharing.wording import LABELS
from tests.idp.receipts.reading import read
from tests.protocol.asking import Told, redeemed
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, main_text, path, sent
from tests.protocol.telling import tell

pytestmark = pytest.mark.django_db
SERVICE = "/account/services/hub"
EVERYTHING = ("openid", "profile", "email", "address", "phone")
ALL_OF_PROFILE = {
    str(label) for claim, label in LABELS.items() if claim in claims.names(["profile"])
}


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential(slug="hub", name="The Hub", scopes=EVERYTHING)


def shared(resident: Resident, partner: Partner, **asked: str) -> Told:
    """Share on the page, and return what the service learns."""
    page = resident.ask(partner.application, **asked)
    assert path(page) == "/consent"
    return redeemed(partner, sent(resident.press(page, "share", choice="profile"))["code"])


def newest() -> Consent:
    return Consent.objects.latest("granted_at")


def receipt(resident: Resident) -> str:
    return main_text(resident.get(f"{SERVICE}/receipts/{newest().pk}"))


def covered(resident: Resident) -> set[str]:
    """Return the claims that the signed receipt names."""
    told = read(resident.get(f"{SERVICE}/receipts/{newest().pk}/file"))["receipt"]
    parts = told["pii_processing"]
    return {one["pii_type"] for part in parts for one in part["pii_information"]}


def named(text: str) -> set[str]:
    return {label for label in ALL_OF_PROFILE if re.search(rf"\b{label}\b", text)}


def call(account: Account, name: str) -> None:
    """Change the name, and let services see the former one."""
    details.change_name(account=account, full_name=name, by=SYSTEM)
    details.share_former_name(account=account, by=SYSTEM)


class TestTheReceipt:
    """The receipt names."""

    def test_of_a_profile_what_the_page_named_and_nothing_else(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope="openid profile")
        assert named(main_text(page)) == {"Name", "Date of birth"}
        shared(signed_in, partner, scope="openid profile")
        assert named(receipt(signed_in).partition("What you share")[2]) == {"Name", "Date of birth"}
        assert covered(signed_in) == {"name", "birthdate"}

    def test_each_detail_that_has_a_line_of_its_own_given_or_not(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope=" ".join(EVERYTHING))
        for line in ("Email address", "Address Not given", "Phone number Not given"):
            assert line in main_text(page)
        shared(signed_in, partner, scope=" ".join(EVERYTHING))
        assert covered(signed_in) == profile_claims.OWN

    def test_what_the_service_was_given(self, signed_in: Resident, partner: Partner) -> None:
        shared(signed_in, partner, scope=" ".join(EVERYTHING))
        (row,) = Disclosure.objects.filter(endpoint="userinfo")
        assert set(row.claims.split()) - {"sub"} <= covered(signed_in)

    def test_a_claim_that_was_asked_for_by_name_though_nobody_has_it(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        asked = {"scope": "openid", "claims": '{"userinfo":{"nickname":null}}'}
        assert "Nickname Not given" in main_text(signed_in.ask(partner.application, **asked))
        shared(signed_in, partner, **asked)
        assert covered(signed_in) == {"nickname"}


def test_what_can_be_given_on_the_way_is_named_by_every_page() -> None:
    given = claims.at_hand(Account())
    assert set(missing.of(LABELS, {})) <= given == profile_claims.OWN


def test_of_a_made_up_person_what_they_were_given_is_named_too() -> None:
    given = claims.at_hand(Account(test_claims={"nickname": "Annie", "picture": None}))
    assert given == profile_claims.OWN | {"nickname"}


class TestGivenLater:
    """A detail that the page named as not given."""

    def test_is_shared_under_that_agreement_once_it_is_given(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        first = shared(signed_in, partner, scope="openid profile")
        assert "birthdate" not in first.userinfo
        Account.objects.filter(pk=account.pk).update(date_of_birth="1980-05-04")
        again = sent(signed_in.ask(partner.application, scope="openid profile", prompt="none"))
        assert redeemed(partner, again["code"]).userinfo["birthdate"] == "1980-05-04"
        assert Consent.objects.count() == 1
        assert "Date of birth" in receipt(signed_in)
        ledger = main_text(signed_in.get(f"{SERVICE}/given"))
        assert "Date of birth" in ledger


class TestAddedLater:
    """A former name, which no page names before its owner lets services see it."""

    @pytest.fixture
    def agreed(self, signed_in: Resident, partner: Partner, account: Account) -> Told:
        told = shared(signed_in, partner, scope="openid profile")
        call(account, "Ann Other")
        return told

    def test_is_not_shared_under_an_agreement_that_did_not_name_it(
        self, signed_in: Resident, partner: Partner, agreed: Told
    ) -> None:
        now = partner.userinfo(agreed.answer["access_token"]).json()
        assert (now["name"], "also_known_as" in now) == ("Ann Other", False)
        assert "Former name" not in receipt(signed_in)

    @pytest.mark.usefixtures("agreed")
    def test_is_not_hinted_at_where_nobody_is_asked(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        answer = sent(signed_in.ask(partner.application, scope="openid profile", prompt="none"))
        assert answer["error"] == "consent_required"
        assert answer["error_description"] == "Reason: no_consent."

    @pytest.mark.usefixtures("agreed")
    def test_is_asked_for_at_the_next_sign_in_and_then_shared_and_on_the_receipt(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope="openid profile")
        text = main_text(page)
        assert (
            "there is something about you that it does not get yet, namely “Former name”." in text
        )
        assert "asks for more" not in text
        assert "Former name: Ann Example" in text
        told = redeemed(partner, sent(signed_in.press(page, "share"))["code"])
        assert told.userinfo["also_known_as"] == "Ann Example"
        assert "Former name" in receipt(signed_in)
        assert "code" in sent(signed_in.ask(partner.application, scope="openid profile"))

    @pytest.mark.usefixtures("agreed")
    def test_is_not_asked_for_by_a_service_that_wants_no_name(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        assert "code" in sent(signed_in.ask(partner.application, scope="openid", prompt="none"))

    def test_taken_back_it_is_on_no_later_receipt(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        call(account, "Ann Other")
        asked = {"scope": "openid profile", "prompt": "consent"}
        shared(signed_in, partner, **asked)
        assert "Former name" in receipt(signed_in)
        details.forget_former_name(account=account, by=SYSTEM)
        shared(signed_in, partner, **asked)
        assert "Former name" not in receipt(signed_in)
        assert "also_known_as" not in newest().claims

    def test_is_no_question_to_whoever_keeps_their_name_back(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        tell("profile", lawful_basis="consent")(partner.application)
        page = signed_in.ask(partner.application, scope="openid profile")
        assert "code" in sent(signed_in.press(page, "share", choice=""))
        call(account, "Ann Other")
        asked = {"scope": "openid profile", "prompt": "none"}
        assert "code" in sent(signed_in.ask(partner.application, **asked))

    def test_is_told_again_by_a_service_that_tells(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        Organisation.objects.update(is_council=True)
        Application.objects.update(skips_sharing=True)
        sent(signed_in.ask(partner.application, scope="openid profile"))
        call(account, "Ann Other")
        sent(signed_in.ask(partner.application, scope="openid profile"))
        mails = OutboundMessage.objects.filter(template="sharing_told")
        assert (mails.count(), newest().kind) == (2, "told")
        assert "Former name" in receipt(signed_in)
