"""The sharing page against forged, replayed and stale answers."""

from collections.abc import Callable
from datetime import date
from typing import Final

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.models import Account, EmailAddress, Phone, PostalAddress, Session
from clients.models import Application, ApplicationScope, Organisation
from idp.consent import operations as consents
from idp.models import AuthorizationRequest, Consent, Grant
from tests import factories
from tests.protocol.asking import asking
from tests.protocol.forms import forms
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response, heading, path, request_id, sent

ALL: Final = "openid profile email phone address"
EVIL: Final = "https://evil.example"


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential(scopes=ALL.split())


@pytest.fixture(autouse=True)
def _known(account: Account) -> None:
    Phone.objects.create(account=account, number="+447700900123")
    PostalAddress.objects.create(account=account, lines="1 High Street", postcode="EX1 1AA")


def filled(page: Response, button: str = "share") -> dict[str, str]:
    """Return what the page's form sends by this button."""
    (form,) = (form for form in forms(page.content.decode()) if button in form.buttons)
    return {**form.values, **form.buttons[button]}


def nothing_came_about() -> bool:
    return not Consent.objects.exists() and not Grant.objects.exists()


def asked_again(answer: Response) -> bool:
    """Say whether the page came again, and nothing was recorded."""
    return path(answer) == "/consent" and answer.status_code == 200 and nothing_came_about()


class TestFromElsewhere:
    """An answer that was not sent from the page."""

    @pytest.mark.parametrize("token", [None, "", "x" * 64])
    def test_without_the_browsers_token(
        self, signed_in: Resident, partner: Partner, token: str | None
    ) -> None:
        values = filled(signed_in.ask(partner.application, scope=ALL))
        del values["csrfmiddlewaretoken"]
        forged = values if token is None else {**values, "csrfmiddlewaretoken": token}
        assert signed_in.submit("/consent", forged).status_code == 403
        assert nothing_came_about()

    def test_from_another_site_with_all_that_the_page_holds(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        values = filled(signed_in.ask(partner.application, scope=ALL))
        answer = signed_in.client.post("/consent", values, headers={"origin": EVIL})
        assert answer.status_code == 403
        assert nothing_came_about()

    def test_from_another_page_of_ours(self, signed_in: Resident, partner: Partner) -> None:
        asked = request_id(signed_in.ask(partner.application, scope=ALL))
        other = filled(signed_in.get("/account/name"), "continue")
        forged = {**other, "request": asked, "decision": "share"}
        assert asked_again(signed_in.follow(signed_in.submit("/consent", forged)))

    def test_with_the_proof_of_the_page_before_leaving(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        leaving = filled(signed_in.press(page, "refuse"), "leave")
        forged = {**filled(page), "step": leaving["step"]}
        assert asked_again(signed_in.follow(signed_in.submit("/consent", forged)))

    def test_the_pages_proof_does_not_leave_for_its_reader_either(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        values = filled(signed_in.ask(partner.application, scope=ALL))
        answer = signed_in.follow(signed_in.submit("/consent/leave", values))
        assert asked_again(answer)
        assert AuthorizationRequest.objects.get().consumed_at is None

    def test_by_a_link(self, signed_in: Resident, partner: Partner) -> None:
        values = filled(signed_in.ask(partner.application, scope=ALL))
        assert signed_in.client.get("/consent", values).status_code == 200
        assert nothing_came_about()

    def test_from_another_browser_that_read_the_page(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        values = filled(signed_in.ask(partner.application, scope=ALL))
        thief = Resident()
        thief.sign_in(account)
        own = filled(thief.ask(partner.application, scope=ALL))
        stolen = {**values, "csrfmiddlewaretoken": own["csrfmiddlewaretoken"]}
        answer = thief.submit("/consent", stolen)
        assert (answer.status_code, nothing_came_about()) == (400, True)


class TestReplayed:
    """An answer that was given before."""

    def test_to_another_request_named_in_the_address(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        narrow = filled(signed_in.ask(partner.application, scope="openid"))
        wide = request_id(signed_in.ask(partner.application, scope=ALL))
        signed_in.submit(f"/consent?request={wide}", narrow)
        assert Consent.objects.get().scopes == ["openid"]
        forged = {**narrow, "request": wide}
        assert path(signed_in.follow(signed_in.submit("/consent", forged))) == "/consent"
        assert Consent.objects.get().scopes == ["openid"]

    def test_to_another_service(self, signed_in: Resident, partner: Partner) -> None:
        other = factories.application(name="Council Tax", scopes=ALL.split())
        values = filled(signed_in.ask(partner.application, scope=ALL))
        forged = {**values, "request": request_id(signed_in.ask(other, scope=ALL))}
        assert asked_again(signed_in.follow(signed_in.submit("/consent", forged)))

    def test_after_it_was_stopped(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        sent(signed_in.press(page, "share"))
        consents.withdraw(account=account, application=partner.application, by=SYSTEM)
        assert signed_in.press(page, "share").status_code == 400
        assert not Consent.objects.filter(withdrawn_at=None).exists()

    def test_before_it_was_answered_and_by_the_same_account_signed_in_anew(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        signed_in.sign_in(account, replaces=Session.objects.get())
        assert asked_again(signed_in.press(page, "share"))

    def test_by_whoever_is_signed_in_nowhere(self, signed_in: Resident, partner: Partner) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        del signed_in.client.cookies[settings.SIGNED_IN_COOKIE_NAME]
        assert path(signed_in.press(page, "share")) == "/sign-in"
        assert nothing_came_about()

    def test_by_one_tab_for_the_account_of_another(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        sam = factories.account("sam@example.org", full_name="Sam Other")
        signed_in.sign_in(sam, replaces=Session.objects.get())
        answer = signed_in.press(page, "share")
        assert asked_again(answer)
        assert "Sam Other" in answer.content.decode()


def _application(**columns: object) -> Callable[[Account], object]:
    return lambda _account: Application.objects.update(**columns)


def _scope(**columns: object) -> Callable[[Account], object]:
    return lambda _account: ApplicationScope.objects.filter(scope="email").update(**columns)


def _request(**columns: object) -> Callable[[Account], object]:
    return lambda _account: AuthorizationRequest.objects.update(**columns)


def _phone(**columns: object) -> Callable[[Account], object]:
    return lambda account: Phone.objects.filter(account=account).update(**columns)


def _address(**columns: object) -> Callable[[Account], object]:
    return lambda account: PostalAddress.objects.filter(account=account).update(**columns)


def _email(**columns: object) -> Callable[[Account], object]:
    return lambda account: EmailAddress.objects.filter(account=account).update(**columns)


def _person(**columns: object) -> Callable[[Account], object]:
    return lambda account: Account.objects.filter(pk=account.pk).update(**columns)


MEANWHILE: Final[dict[str, Callable[[Account], object]]] = {
    "the service has another name": _application(name="Prize Draw"),
    "another organisation runs it": lambda _: Organisation.objects.update(name="Data Ltd"),
    "it wants a detail for something else": _scope(purpose="To sell it"),
    "it wants a detail on another basis": _scope(lawful_basis="contract"),
    "a detail became a choice": _scope(lawful_basis="consent"),
    "it asks for more": _request(scope=f"{ALL} offline_access"),
    "the name changed": _person(full_name="Ann Other"),
    "a former name is shown": _person(former_name="Ann Before", shares_former_name=True),
    "a date of birth was given": _person(date_of_birth=date(1980, 2, 29)),
    "the phone number changed": _phone(number="+447700900456"),
    "the phone number was confirmed": _phone(confirmed_at=timezone.now()),
    "the phone number is unsafe": _phone(unsafe_since=timezone.now()),
    "the phone number is gone": lambda account: Phone.objects.filter(account=account).delete(),
    "the home changed": _address(lines="2 Low Street"),
    "the home is unsafe": _address(unsafe_since=timezone.now()),
    "there is no fixed home": _address(lines="", postcode="", no_fixed_address=True),
    "the email address changed": _email(address="ann.new@example.org"),
    "the email address is unsafe": _email(unsafe_since=timezone.now()),
    "the email address is somebody else's too": lambda _: factories.email_address(
        factories.account(), "ann@example.org", is_primary=False
    ),
}


class TestMeanwhile:
    """Between the page and its answer."""

    @pytest.mark.parametrize("what", MEANWHILE)
    def test_what_changed_is_shown_before_it_is_shared(
        self, signed_in: Resident, partner: Partner, account: Account, what: str
    ) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        MEANWHILE[what](account)
        again = signed_in.press(page, "share")
        assert asked_again(again)
        assert heading(again).startswith("Share your details with ")
        assert filled(again)["step"] != filled(page)["step"]
        assert "code" in sent(signed_in.press(again, "share"))

    def test_a_claim_more_is_shown_before_it_is_shared(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        claims = asking({"name": None})
        page = signed_in.ask(partner.application, scope="openid", claims=claims)
        _request(claims={"id_token": {"name": [], "phone_number": []}})(account)
        again = signed_in.press(page, "share")
        assert asked_again(again)
        assert "07700 900123" in again.content.decode()

    def test_what_stayed_is_shared(self, signed_in: Resident, partner: Partner) -> None:
        page = signed_in.ask(partner.application, scope=ALL)
        again = signed_in.get(page.wsgi_request.get_full_path())
        assert filled(again)["step"] == filled(page)["step"]
        assert "code" in sent(signed_in.press(page, "share"))
