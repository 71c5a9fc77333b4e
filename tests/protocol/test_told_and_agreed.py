"""What somebody was told and not asked is nowhere said to be agreed, and stays told until it is."""

import json
from typing import Any

import pytest
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.models import Account
from clients.applications.changing import operations as changing
from clients.applications.registration import Told
from clients.models import Application, Organisation
from idp.consent import operations as consents
from idp.consent import queries
from idp.models import Consent
from idp.receipts import schema
from tests import factories
from tests.idp.export.told import copy
from tests.idp.receipts.reading import read
from tests.protocol.asking import asking
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, heading, main_text, sent
from tests.protocol.telling import make_optional

pytestmark = pytest.mark.django_db
SERVICE = "/account/services/hub"
TOLD, CHOICE = "What we told you that it gets", "What you share"


@pytest.fixture
def partner() -> Partner:
    partner = Partner.confidential(slug="hub", name="The Hub")
    Organisation.objects.update(is_council=True)
    Application.objects.update(skips_sharing=True)
    partner.application.refresh_from_db()
    return partner


@pytest.fixture
def told(signed_in: Resident, partner: Partner) -> Resident:
    """Return somebody who was told that the service gets their name."""
    sent(signed_in.ask(partner.application, scope="openid profile"))
    assert Consent.objects.get().kind == "told"
    return signed_in


@pytest.fixture
def both(told: Resident, partner: Partner) -> Resident:
    """Return them once they have agreed to share their address as well, on the sharing page."""
    make_optional(partner.application)
    page = told.ask(partner.application, scope="openid email")
    assert "code" in sent(told.press(page, "share", choice="email"))
    return told


def newest() -> Consent:
    return Consent.objects.latest("granted_at")


def receipt(resident: Resident, consent: Consent) -> str:
    return main_text(resident.get(f"{SERVICE}/receipts/{consent.pk}"))


def signed(resident: Resident, consent: Consent) -> dict[str, Any]:
    """Return the signed receipt, which fits its schema."""
    claims = read(resident.get(f"{SERVICE}/receipts/{consent.pk}/file"))
    Draft202012Validator(schema.document(), format_checker=FormatChecker()).validate(claims)
    return dict(claims["receipt"])


def events(resident: Resident, consent: Consent) -> dict[str, str]:
    """Return how the signed receipt says that each scope came to be shared."""
    parts = signed(resident, consent)["pii_processing"]
    return {part["scope"]: part["event_type"] for part in parts}


class TestAgreedToMore:
    """An agreement beside what was told."""

    def test_leaves_on_the_receipt_what_was_told_apart(self, both: Resident) -> None:
        text = receipt(both, newest())
        agreed, _heading, told = text.partition(TOLD)
        assert "You agreed on" in agreed
        assert "Your email address" in agreed.partition(CHOICE)[2]
        assert "Your name and profile" not in agreed
        assert told.startswith(" You were not asked: the law gives Riverside Trust this work.")
        assert "Your name and profile" in told
        assert "We told you on" in told
        assert "agreed" not in told.partition("wrote this down")[0]

    def test_is_said_of_each_part_in_the_signed_receipt(self, both: Resident) -> None:
        first, second = Consent.objects.order_by("granted_at")
        assert events(both, first) == {"openid": "told", "profile": "told"}
        # What the page showed again was agreed to by pressing its button.
        assert events(both, second) == {"openid": "agreed", "profile": "told", "email": "agreed"}
        (part,) = (
            part for part in signed(both, second)["pii_processing"] if part["scope"] == "profile"
        )
        assert part["event_time"] == first.granted_at.isoformat(timespec="seconds")

    def test_is_told_apart_on_the_page_of_the_service(self, both: Resident) -> None:
        text = main_text(both.get(SERVICE))
        assert "You agreed on" in text
        assert "About: Your name and profile. You were not asked: the law gives" in text

    @pytest.mark.usefixtures("both")
    def test_is_told_apart_in_the_copy(self, account: Account) -> None:
        documents = copy(account)
        (part,) = (
            part
            for part in json.loads(documents["json"])["parts"]  # type: ignore[index]
            if part["name"] == "agreements"
        )
        first, second = part["records"]
        assert (first["how"], first["earlier"]) == ("told", [])
        earlier = {one["detail"]: one["how"] for one in second["earlier"]}
        assert second["how"] == "agreed"
        assert earlier["scope:profile"] == earlier["name"] == "told"
        assert not {"scope:email", "scope:openid", "email"} & earlier.keys()

    def test_makes_no_claim_of_its_scope_agreed_that_no_page_showed(
        self, told: Resident, partner: Partner
    ) -> None:
        claims = asking({"birthdate": None})
        page = told.ask(partner.application, scope="openid", claims=claims, prompt="consent")
        assert "code" in sent(told.press(page, "share"))
        parts = [
            ([one["pii_type"] for one in part["pii_information"]], part["event_type"])
            for part in signed(told, newest())["pii_processing"]
            if part["scope"] == "profile"
        ]
        assert (["birthdate"], "agreed") in parts
        ((others, how),) = (part for part in parts if part[0] != ["birthdate"])
        assert ("name" in others, how) == (True, "told")


class TestAgreedBefore:
    """Whoever agreed to a detail that the council's own service asks for by choice."""

    @pytest.fixture(autouse=True)
    def agreed(self, account: Account, partner: Partner) -> Consent:
        scopes = ["openid", "email", "phone"]
        return factories.consent(account, partner.application, scopes=scopes)

    def test_is_told_of_other_terms_and_has_the_rest_on_record_as_agreed(
        self, signed_in: Resident, partner: Partner, agreed: Consent
    ) -> None:
        told = Told(purpose="To send you bills")
        changing.tell(application=partner.application, scope="email", told=told, by=OPERATOR)
        sent(signed_in.ask(partner.application, scope="openid email"))
        new, at = newest(), agreed.granted_at
        assert (new.kind, new.scopes) == ("told", ["email", "openid", "phone"])
        answers = queries.agreed_of(new).answers()
        assert {name: answer.how for name, answer in answers.items() if "scope:" in name} == {
            "scope:openid": "agreed",
            "scope:phone": "agreed",
            "scope:email": "told",
        }
        assert {answer.at for answer in answers.values() if answer.how == "agreed"} == {at}
        # Whoever agreed is not held to it for longer by being told of something else.
        assert new.expires_at == agreed.expires_at

    def test_is_told_once_that_has_run_out(self, signed_in: Resident, partner: Partner) -> None:
        Consent.objects.update(expires_at=timezone.now())
        sent(signed_in.ask(partner.application, scope="openid email"))
        assert (newest().kind, newest().scopes) == ("told", ["email", "openid"])


class TestStays:
    """What was told stays told."""

    def test_until_the_page_shows_it_and_it_is_shared(
        self, both: Resident, partner: Partner
    ) -> None:
        page = both.ask(partner.application, scope="openid profile", prompt="consent")
        assert "code" in sent(both.press(page, "share"))
        assert set(events(both, newest()).values()) == {"agreed"}
        assert TOLD not in receipt(both, newest())
        assert "We told you on" not in main_text(both.get(SERVICE))

    def test_when_the_page_is_left_without_sharing(self, told: Resident, partner: Partner) -> None:
        page = told.ask(partner.application, scope="openid profile", prompt="consent")
        told.press(told.press(page, "refuse"), "leave")
        assert events(told, newest()) == {"openid": "told", "profile": "told"}

    def test_when_a_choice_changes_on_the_account(self, both: Resident) -> None:
        page = both.get(f"{SERVICE}/choices")
        both.press(page, "continue", choice="")
        consent = newest()
        assert (consent.kind, consent.declined_scopes) == ("changed", ["email"])
        parts = {one["scope"]: one for one in signed(both, consent)["pii_processing"]}
        assert parts["profile"]["event_type"] == "told"
        assert parts["openid"]["event_type"] == "agreed"
        assert "event_type" not in parts["email"]
        assert "You changed it on" in receipt(both, consent)

    def test_and_what_was_agreed_stays_agreed_when_more_is_told(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope="openid profile", prompt="consent")
        signed_in.press(page, "share")
        sent(signed_in.ask(partner.application, scope="openid profile email"))
        consent = newest()
        assert consent.kind == "told"
        assert events(signed_in, consent) == {
            "openid": "agreed",
            "profile": "agreed",
            "email": "told",
        }
        text = receipt(signed_in, consent)
        assert "You agreed to it on" in text.partition(TOLD)[0]


class TestAddress:
    """Another email address for a service of which somebody was told."""

    @pytest.fixture
    def changed(self, signed_in: Resident, partner: Partner, account: Account) -> Consent:
        """Return the agreement once its owner shares another address, a day after."""
        sent(signed_in.ask(partner.application, scope="openid email"))
        told = Consent.objects.get()
        told.granted_at = told.granted_at.replace(year=told.granted_at.year - 1, month=3, day=9)
        told.save()
        work = factories.email_address(account, "ann.work@example.org", is_primary=False)
        consents.share_address(
            account=account, application=partner.application, email=work.pk, by=SYSTEM
        )
        return newest()

    def test_leaves_the_day_on_which_they_were_told(
        self, signed_in: Resident, changed: Consent
    ) -> None:
        day = f"9 March {changed.granted_at.year - 1}"
        text = main_text(signed_in.get(SERVICE))
        assert f"We told you on {day}" in text
        assert "You changed it on" in text
        assert "You agreed on" not in text

    def test_is_a_change_and_no_agreement_on_the_receipt(
        self, signed_in: Resident, changed: Consent
    ) -> None:
        text = receipt(signed_in, changed)
        assert "You changed it on" in text
        assert f"We told you on 9 March {changed.granted_at.year - 1}" in text
        assert "agreed" not in text
        assert signed(signed_in, changed)["event"]["event_type"] == "changed"
        assert set(events(signed_in, changed).values()) == {"told"}

    def test_stays_when_they_are_told_of_more(
        self, signed_in: Resident, changed: Consent, partner: Partner
    ) -> None:
        sent(signed_in.ask(partner.application, scope="openid email profile"))
        consent = newest()
        assert (consent.kind, consent.email_id) == ("told", changed.email_id)
        assert consent.chose_email


class TestAskedAfterAll:
    """Whoever was told before and is asked now reads nothing of an agreement."""

    @pytest.mark.parametrize("change", ["old", "name", "organisation"])
    def test_of_before(self, told: Resident, partner: Partner, change: str) -> None:
        Application.objects.update(skips_sharing=False)
        if change == "old":
            consent = Consent.objects.get()
            Consent.objects.update(expires_at=consent.granted_at)
        elif change == "name":
            Application.objects.update(name="Local Hub")
        else:
            Organisation.objects.update(name="Borough Trust")
        page = told.ask(partner.application, scope="openid profile")
        assert heading(page).startswith("Share your details with")
        text = main_text(page)
        assert "We ask you again because" in text
        assert "told you of it" in text
        assert "agreed" not in text
