"""What one is told before and after one stops sharing with a service."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.closing import operations as closings
from accounts.closing.operations import Reason
from accounts.models import Account
from clients.models import Application
from idp.deliveries import sending
from idp.models import Consent, Delivery, Participant, SecurityEvent
from tests import factories
from tests.accounts.security.outgoing.servers import Server, answering, serving
from tests.accounts.visitor import Visitor
from tests.idp.receipts.reading import read
from tests.protocol.resident import heading, main_text

pytestmark = pytest.mark.django_db

PATH = "/account/services/tax"
CALLBACK = "https://tax.example.org/backchannel"


@pytest.fixture
def amara() -> Account:
    return factories.account("amara@example.com", password=factories.PASSWORD)


@pytest.fixture
def browser(amara: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(amara.sign_in_name)
    return visitor


@pytest.fixture
def tax(amara: Account) -> Application:
    application = factories.application(
        slug="tax", name="Tax", backchannel_logout_uri=CALLBACK, other_way="Ring us."
    )
    factories.consent(amara, application)
    return application


def on(application: Application, **bases: str) -> None:
    """Let each scope stand on this basis."""
    for scope, basis in bases.items():
        application.scopes.filter(scope=scope).update(lawful_basis=basis)


def take_part(account: Account, application: Application) -> Participant:
    return factories.grant(application, account=account).grant.participant


def stop(browser: Visitor) -> str:
    response = browser.client.post(f"{PATH}/stop")
    assert (response.status_code, response["Location"]) == (303, f"{PATH}/stopped")
    return main_text(browser.get(f"{PATH}/stopped"))


class TestBefore:
    """Words by lawful basis."""

    def test_what_is_agreed_to_alone_is_withdrawn(self, browser: Visitor, tax: Application) -> None:
        tax.scopes.update(lawful_basis="consent")
        page = browser.get(f"{PATH}/stop")
        assert heading(page) == "Withdraw what you agreed to share with Tax"
        assert "only because you agreed: you can ask for it to be deleted." in main_text(page)
        assert "Withdrawing does not delete what Riverside Trust has already." in main_text(page)
        assert "article 21" not in main_text(page)
        assert "Withdraw </button>" in " ".join(page.content.decode().split())

    @pytest.mark.parametrize("basis", ["public_task", "contract", "legal_obligation"])
    def test_anything_else_is_stopped(self, browser: Visitor, tax: Application, basis: str) -> None:
        tax.scopes.update(lawful_basis=basis)
        page = browser.get(f"{PATH}/stop")
        assert heading(page) == "Stop signing in to Tax with this account"
        assert "withdraw" not in main_text(page).lower()
        assert ("article 21" in main_text(page)) == (basis == "public_task")

    def test_where_both_are_it_says_what_is_withdrawn_too(
        self, browser: Visitor, tax: Application
    ) -> None:
        on(tax, email="consent", profile="contract")
        page = browser.get(f"{PATH}/stop")
        text = main_text(page)
        assert heading(page) == "Stop signing in to Tax with this account"
        assert "You also withdraw what you agreed to by choice: Your email address" in text
        assert "It may keep what it needs to settle what you asked it for." in text
        assert f'href="{PATH}/choices"' in page.content.decode()

    def test_it_says_what_is_kept_how_to_object_and_the_other_way(
        self, browser: Visitor, tax: Application
    ) -> None:
        tax.scopes.filter(scope="email").update(retention="Six years, for the accounts")
        text = main_text(browser.get(f"{PATH}/stop"))
        assert "Six years, for the accounts It may keep what it needs" in text
        assert "Stopping does not delete what Riverside Trust has already." in text
        assert "Tell Riverside Trust why." in text
        assert "dpo@example.org" in text
        assert "Another way to use Tax Ring us." in text

    def test_of_the_council_one_objects_to_the_council(
        self, browser: Visitor, tax: Application
    ) -> None:
        type(tax.organisation).objects.update(is_council=True)
        assert "Write to our data protection officer" in main_text(browser.get(f"{PATH}/stop"))

    @pytest.mark.usefixtures("tax")
    def test_it_says_both_times(self, browser: Visitor) -> None:
        text = main_text(browser.get(f"{PATH}/stop"))
        assert "this ends at once" in text
        assert "It may take 5 minutes until you are signed out there." in text


class TestAfterwards:
    """What has ended, and what was told to the service so far."""

    @pytest.fixture
    def takes_tokens(self, settings: Settings, tax: Application) -> Iterator[Server]:
        factories.signing_keys()
        with serving(answering(b"")) as server:
            settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
            tax.backchannel_logout_uri = f"http://127.0.0.1:{server.port}/backchannel"
            tax.save()
            yield server

    def test_the_sign_out_is_on_its_way_and_then_delivered(
        self, browser: Visitor, amara: Account, tax: Application, takes_tokens: Server
    ) -> None:
        part = take_part(amara, tax)
        text = stop(browser)
        assert "To sign you out On its way. We keep trying until" in text
        assert "Look again" in text
        delivery = Delivery.objects.get()
        assert (delivery.sid, delivery.state) == (part.sid, "queued")
        assert sending.send(delivery.pk) is None
        assert len(takes_tokens.seen) == 1
        text = main_text(browser.get(f"{PATH}/stopped"))
        assert "To sign you out Delivered on" in text
        assert "Look again" not in text

    @pytest.mark.parametrize(
        "states, told",
        [
            (["refused", "delivered"], "We could not deliver it."),
            (["expired", "delivered"], "We could not deliver it."),
            (["queued", "refused"], "On its way."),
        ],
    )
    def test_of_several_browsers_it_says_the_worst(
        self,
        browser: Visitor,
        amara: Account,
        tax: Application,
        states: list[str],
        told: str,
    ) -> None:
        for _state in states:
            take_part(amara, tax)
        stop(browser)
        for row, state in zip(Delivery.objects.all(), states, strict=True):
            Delivery.objects.filter(pk=row.pk).update(state=state, done_at=timezone.now())
        assert told in main_text(browser.get(f"{PATH}/stopped"))

    def test_it_is_signed_out_of_in_every_browser_and_hears_nothing_later(
        self, browser: Visitor, amara: Account, tax: Application
    ) -> None:
        parts = [take_part(amara, tax), take_part(amara, tax)]
        others = take_part(amara, factories.application(backchannel_logout_uri=CALLBACK))
        stop(browser)
        assert set(Delivery.objects.values_list("sid", flat=True)) == {part.sid for part in parts}
        signed_out = Participant.objects.filter(signed_out_at__isnull=False)
        assert set(signed_out) == set(parts)
        assert others.signed_out_at is None

    @pytest.mark.usefixtures("tax")
    def test_without_anything_to_send_it_says_when_the_service_learns(
        self, browser: Visitor
    ) -> None:
        text = stop(browser)
        assert "To sign you out" not in text
        assert "That you stopped It takes no such messages from us." in text
        assert "when it next asks us about you, it gets nothing" in text

    def test_what_others_and_earlier_days_were_told_is_not_shown(
        self, browser: Visitor, amara: Account, tax: Application
    ) -> None:
        take_part(amara, tax)
        stop(browser)
        Delivery.objects.update(created_at=timezone.now() - timedelta(days=1))
        assert "To sign you out" not in main_text(browser.get(f"{PATH}/stopped"))
        Delivery.objects.update(created_at=timezone.now(), subject="another")
        assert "To sign you out" not in main_text(browser.get(f"{PATH}/stopped"))

    def test_the_end_itself_is_told_where_the_service_takes_such_news(
        self, browser: Visitor, amara: Account, tax: Application
    ) -> None:
        take_part(amara, tax)
        factories.event_stream(tax)
        assert "That you stopped On its way. We keep trying until" in stop(browser)
        SecurityEvent.objects.update(state="delivered", done_at=timezone.now())
        assert "That you stopped Delivered on" in main_text(browser.get(f"{PATH}/stopped"))

    def test_once_one_shares_again_there_is_no_such_page(
        self, browser: Visitor, amara: Account, tax: Application
    ) -> None:
        stop(browser)
        factories.consent(amara, tax)
        assert browser.get(f"{PATH}/stopped").status_code == 404


class TestClosed:
    """What ended because the account was closed was stopped by nobody."""

    @pytest.fixture(autouse=True)
    def closed(self, amara: Account, tax: Application) -> Consent:
        closings.close_by_operator(account=amara, reason=Reason.RESIDENT, case="", by=OPERATOR)
        closings.reopen(account=amara, is_operator=True, by=OPERATOR)
        return tax.consents.get()

    @pytest.fixture
    def browser(self, amara: Account, closed: Consent) -> Visitor:
        """Return a browser of somebody whose account was closed and opened again."""
        assert closed.ended_with_account
        visitor = Visitor()
        visitor.submit(amara.sign_in_name)
        return visitor

    @pytest.mark.parametrize("path", [PATH, f"{PATH}/stopped", f"{PATH}/receipts"])
    def test_the_page_says_so(self, browser: Visitor, path: str) -> None:
        text = main_text(browser.get(path))
        assert "your account was closed" in text.lower()
        for word in ("You stopped", "You withdrew", "Stopped by you"):
            assert word not in text

    def test_so_does_its_receipt(self, browser: Visitor, closed: Consent) -> None:
        factories.signing_keys()
        text = main_text(browser.get(f"{PATH}/receipts/{closed.pk}"))
        assert "when your account was closed" in text
        event = read(browser.get(f"{PATH}/receipts/{closed.pk}/file"))["receipt"]["event"]
        assert event["event_state"] == "account_closed"
