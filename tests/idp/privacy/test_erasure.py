"""Asking services to erase what they have: a choice of its own, sent when the account closes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR, resident
from accounts.closing import operations as closing
from accounts.closing.operations import Reason
from accounts.closing.queries import waiting
from accounts.models import Account, AccountClosing, AuditEvent
from clients.models import Application
from idp.models import ErasureRequest, EventStream, HiddenService, SecurityEvent
from idp.privacy.erasure import operations
from idp.ssf.event_types import EventType
from tests import factories
from tests.accounts.mfa.owner import ANN, Owner, asks_to_sign_in
from tests.accounts.visitor import Visitor
from tests.factories.streams import event_stream, known_account

pytestmark = pytest.mark.django_db
PAGE = "/account/closing/services"


@pytest.fixture
def ann() -> Account:
    return factories.account(ANN, password=factories.PASSWORD)


@pytest.fixture
def owner(ann: Account) -> Owner:
    return Owner(ann)


def service(ann: Account, name: str, *, listens: bool = True, **columns: Any) -> Application:
    """Return a service that knows Ann, and takes events or does not."""
    row = factories.application(name=name, slug=name.lower(), **columns)
    known_account(ann, row)
    if listens:
        event_stream(row)
    return row


def ask(ann: Account) -> AccountClosing:
    session = factories.session(ann)
    closing.ask_by_owner(session=session, by=resident(ann))
    found = waiting(ann)
    assert found is not None
    return found


def close(ann: Account) -> None:
    row = waiting(ann)
    assert row is not None
    closing.come_about(closing=row, now=row.closes_at, by=OPERATOR)


def without_tokens(page: str) -> str:
    """Return the page without what is another at each reading."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


def wishes() -> list[SecurityEvent]:
    kind = EventType.ERASURE_REQUESTED.uri
    return list(SecurityEvent.objects.filter(event_type=kind))


def test_nothing_is_ticked_and_sending_it_so_asks_nobody(owner: Owner, ann: Account) -> None:
    service(ann, "Tax")
    ask(ann)
    page = owner.get(PAGE).text
    assert 'value="tax"' in page
    assert " checked" not in page
    answer = owner.client.post(PAGE)
    assert (answer.status_code, answer["Location"]) == (303, "/account/closing")
    close(ann)
    assert not ErasureRequest.objects.exists()
    assert wishes() == []


def test_what_is_ticked_is_asked_when_the_account_closes_and_not_before(
    owner: Owner, ann: Account
) -> None:
    tax = service(ann, "Tax")
    service(ann, "Choir")
    ask(ann)
    owner.client.post(PAGE, {"choice": ["tax"]})
    assert wishes() == []
    assert "We ask it when your account closes." in owner.get("/account/closing").text
    close(ann)
    [wish] = wishes()
    row = ErasureRequest.objects.get()
    assert (row.application, row.state) == (tax, "sent")
    assert (wish.stream.application, wish.body["request_id"]) == (tax, str(row.pk))
    fact = AuditEvent.objects.get(event="account:erasure:asked")
    assert (fact.application_id, fact.reason) == (tax.client_id, "sent")


def test_the_choice_can_be_changed_until_then(owner: Owner, ann: Account) -> None:
    service(ann, "Tax")
    service(ann, "Choir")
    ask(ann)
    owner.client.post(PAGE, {"choice": ["tax", "choir"]})
    assert owner.get(PAGE).text.count(" checked") == 2
    owner.client.post(PAGE, {"choice": ["choir"]})
    assert [row.application.slug for row in ErasureRequest.objects.all()] == ["choir"]


@pytest.mark.parametrize("by", ["council", "owner"])
def test_an_open_browser_names_no_private_service_that_will_be_asked(
    owner: Owner, ann: Account, by: str
) -> None:
    refuge = service(ann, "Refuge", is_sensitive=by == "council")
    service(ann, "Tax")
    if by == "owner":
        HiddenService.objects.create(account=ann, application=refuge)
    ask(ann)
    # The page says what time it is.
    with time_machine.travel(timezone.now(), tick=False):
        before = owner.get("/account/closing").text
        owner.client.post(PAGE, {"choice": ["refuge"]})
        after = owner.get("/account/closing").text
    # Nor can it be told from what stands there that one was chosen.
    assert without_tokens(after) == without_tokens(before)
    owner.client.post(PAGE, {"choice": ["refuge", "tax"]})
    page = owner.get("/account/closing").text
    assert "Tax" in page
    assert "Refuge" not in page
    close(ann)
    visitor = Visitor()
    assert "Refuge" in visitor.get(visitor.submit(ANN)["Location"]).text


def test_kept_the_account_asks_nobody(owner: Owner, ann: Account) -> None:
    service(ann, "Tax")
    first = ask(ann)
    owner.client.post(PAGE, {"choice": ["tax"]})
    owner.client.post("/account/closing")
    closing.come_about(closing=first, now=first.closes_at, by=OPERATOR)
    assert wishes() == []
    # A later closing begins with nothing ticked.
    ask(ann)
    assert " checked" not in owner.get(PAGE).text


def test_a_service_that_takes_no_messages_is_named_and_not_offered(
    owner: Owner, ann: Account
) -> None:
    service(ann, "Tax", listens=False, privacy_url="https://tax.example.org/privacy")
    ask(ann)
    page = owner.get(PAGE).text
    assert "Ask these yourself" in page
    assert "https://tax.example.org/privacy" in page
    assert 'value="tax"' not in page
    owner.client.post(PAGE, {"choice": ["tax"]})
    assert not ErasureRequest.objects.exists()


def test_a_service_whose_stream_ended_meanwhile_must_be_asked_by_hand(
    owner: Owner, ann: Account
) -> None:
    service(ann, "Tax")
    ask(ann)
    owner.client.post(PAGE, {"choice": ["tax"]})
    EventStream.objects.update(status="disabled")
    close(ann)
    assert ErasureRequest.objects.get().state == "by_hand"
    visitor = Visitor()
    assert (
        "We could not ask it. Ask it yourself." in visitor.get(visitor.submit(ANN)["Location"]).text
    )


@pytest.mark.parametrize(
    "answer, words",
    [
        ("erased", "deleted what it had."),
        ("partly", "deleted some of what it had. Ask it what it keeps, and why."),
        ("kept", "has to keep what it has. Ask it why."),
    ],
)
def test_the_answer_is_shown_to_whoever_proves_the_closed_account(
    owner: Owner, ann: Account, answer: str, words: str
) -> None:
    service(ann, "Tax")
    ask(ann)
    owner.client.post(PAGE, {"choice": ["tax"]})
    close(ann)
    visitor = Visitor()
    page = visitor.submit(ANN)["Location"]
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    ErasureRequest.objects.update(sent_at=noon)
    assert "We asked it on 4 March 2026. It has not answered yet." in visitor.get(page).text
    after = noon + timedelta(days=2)
    ErasureRequest.objects.update(state="answered", answer=answer, answered_at=after)
    assert f"It said on 6 March 2026 that it {words}" in visitor.get(page).text


def test_a_service_that_never_knew_the_account_cannot_be_chosen(owner: Owner, ann: Account) -> None:
    service(ann, "Tax")
    event_stream(factories.application(name="Other", slug="other"))
    ask(ann)
    owner.client.post(PAGE, {"choice": ["other", "no-such-service", "\0"]})
    assert not ErasureRequest.objects.exists()


def test_where_nobody_can_be_asked_the_page_does_not_say_that_we_would(
    owner: Owner, ann: Account
) -> None:
    factories.consent(ann, factories.application(name="Choir", slug="choir"))
    ask(ann)
    page = " ".join(owner.get(PAGE).text.split())
    assert "unless you ask them to delete it" in page
    assert "unless you want us to" not in page
    service(ann, "Tax")
    assert "unless you want us to ask them to delete it" in " ".join(owner.get(PAGE).text.split())


def test_without_a_closing_there_is_nothing_to_choose(owner: Owner, ann: Account) -> None:
    service(ann, "Tax")
    answer = owner.client.post(PAGE, {"choice": ["tax"]})
    assert answer["Location"] == "/account/closing"
    assert not ErasureRequest.objects.exists()


def test_a_choice_that_comes_after_the_closing_changes_nothing(ann: Account) -> None:
    tax = service(ann, "Tax")
    ask(ann)
    close(ann)
    assert not operations.choose(account=ann, applications=[tax], by=resident(ann))
    assert not ErasureRequest.objects.exists()


def test_an_old_sign_in_chooses_nothing(owner: Owner, ann: Account) -> None:
    service(ann, "Tax")
    ask(ann)
    owner.grow_stale()
    assert asks_to_sign_in(owner.client.post(PAGE, {"choice": ["tax"]}))
    assert not ErasureRequest.objects.exists()


def test_closing_ends_what_was_agreed_and_services_hear_that_the_account_is_stopped(
    ann: Account,
) -> None:
    service(ann, "Tax")
    closing.close_by_operator(account=ann, reason=Reason.RESIDENT, case="", by=OPERATOR)
    assert not ann.consents.filter(withdrawn_at=None).exists()
    kinds = set(SecurityEvent.objects.values_list("event_type", flat=True))
    assert EventType.ACCOUNT_DISABLED.uri in kinds
    closing.reopen(account=ann, by=resident(ann))
    kinds = set(SecurityEvent.objects.values_list("event_type", flat=True))
    assert EventType.ACCOUNT_ENABLED.uri in kinds
    # What was agreed stays ended: the service asks anew at the next sign-in.
    assert not ann.consents.filter(withdrawn_at=None).exists()


def test_services_hear_of_the_end_for_good(ann: Account) -> None:
    service(ann, "Tax")
    closing.close_by_operator(account=ann, reason=Reason.RESIDENT, case="", by=OPERATOR)
    row = AccountClosing.objects.get()
    assert row.reopen_until is not None
    assert closing.empty(closing=row, now=row.reopen_until, by=OPERATOR)
    kinds = set(SecurityEvent.objects.values_list("event_type", flat=True))
    assert EventType.ACCOUNT_PURGED.uri in kinds
