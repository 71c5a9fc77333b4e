"""The page of what happened, and the one behind "This wasn't me"."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit.events import Event
from accounts.history.wording import TOLD
from accounts.models import Account, AuditEvent, PendingSignIn, Session
from tests import factories
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

NAME = "ann@example.org"


@pytest.fixture
def account() -> Account:
    return factories.account(NAME, password=factories.PASSWORD)


@pytest.fixture
def resident(account: Account) -> Visitor:
    visitor = Visitor()
    visitor.submit(account.sign_in_name)
    return visitor


def event(account: Account, kind: Event = Event.NAME_CHANGED, **columns: object) -> AuditEvent:
    defaults = {"at": timezone.now(), "actor_kind": "resident", "event": kind}
    return AuditEvent.objects.create(account_id=account.pk, **{**defaults, **columns})


def page(visitor: Visitor, query: str = "") -> str:
    return str(visitor.get(f"/account/history{query}").content.decode())


def test_the_page_tells_in_words_when_and_with_which_browser(
    account: Account, resident: Visitor
) -> None:
    Session.objects.update(started_on="Firefox on Linux")
    event(account, Event.AUTHENTICATOR_ADDED, object_kind="passkey")
    text = page(resident)
    assert "Signed in (password)" in text
    assert "Firefox on Linux" in text
    assert "Way to sign in added (passkey)" in text


def test_every_told_event_has_words_without_names_of_the_code(
    account: Account, resident: Visitor
) -> None:
    for kind in TOLD:
        event(account, Event(kind), reason="by_mail", object_kind="x", session_id=account.pk)
    pages = len(TOLD) // 20 + 2
    text = "".join(page(resident, f"?page={number}") for number in range(1, pages + 1))
    assert "by_mail" not in text
    assert "account:" not in text


def test_nobody_sees_what_happened_in_another_account(resident: Visitor) -> None:
    other = factories.account()
    row = event(other)
    assert "Name changed" not in page(resident)
    assert resident.get(f"/account/history/{row.pk}/not-me").status_code == 404
    assert resident.client.post(f"/account/history/{row.pk}/not-me").status_code == 404


def test_services_are_not_named_there(account: Account, resident: Visitor) -> None:
    event(account, Event.CONSENT_GRANTED, application_id="housing-benefits")
    assert "housing" not in page(resident)


def test_what_we_did_is_told_as_ours(account: Account, resident: Visitor) -> None:
    event(account, Event.ACCOUNT_REINSTATED, actor_kind="operator")
    assert "Account no longer suspended, by us" in page(resident)


def test_every_row_can_be_denied_also_the_sign_in_of_this_browser(
    account: Account, resident: Visitor
) -> None:
    for kind in TOLD:
        event(account, Event(kind))
    pages = len(TOLD) // 20 + 2
    text = "".join(page(resident, f"?page={number}") for number in range(1, pages + 1))
    shown = AuditEvent.objects.filter(account_id=account.pk, event__in=TOLD)
    assert shown.filter(event=Event.SESSION_STARTED, session_id__isnull=False).exists()
    for row in shown:
        assert f"/account/history/{row.pk}/not-me" in text
        assert resident.get(f"/account/history/{row.pk}/not-me").status_code == 200


def test_looking_at_the_page_changes_nothing(account: Account, resident: Visitor) -> None:
    row, other = event(account), factories.session(account)
    resident.get(f"/account/history/{row.pk}/not-me")
    resident.client.head(f"/account/history/{row.pk}/not-me")
    other.refresh_from_db()
    assert other.ended_at is None


def test_saying_so_signs_everybody_out_here_too(account: Account, resident: Visitor) -> None:
    row, other = event(account), factories.session(account)
    answer = resident.client.post(f"/account/history/{row.pk}/not-me")
    assert (answer.status_code, answer["Location"]) == (303, "/signed-out-everywhere")
    other.refresh_from_db()
    assert other.end_reason == "not_me"
    assert resident.cookie == ""
    assert "Everybody is signed out" in resident.get(answer["Location"]).content.decode()


def test_a_session_of_an_hour_ago_is_offered_to_sign_in_again(
    account: Account, resident: Visitor
) -> None:
    row = event(account)
    factories.way(account, "passkey", created_at=row.at - timedelta(days=9))
    Account.objects.update(password_changed_at=row.at)
    Session.objects.update(signed_in_at=timezone.now() - timedelta(hours=1))
    text = resident.get(f"/account/history/{row.pk}/not-me").content.decode()
    assert "/sign-in?flow=" in text
    assert PendingSignIn.objects.latest("created_at").level == Level.PHISHING_RESISTANT


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?page=99999999999999999999", "?page=%00"])
def test_a_page_that_does_not_exist_is_another_one(resident: Visitor, query: str) -> None:
    assert resident.get(f"/account/history{query}").status_code == 200


def test_a_number_that_no_row_can_have_is_no_page(resident: Visitor) -> None:
    assert resident.get(f"/account/history/{'9' * 40}/not-me").status_code == 404


def test_older_events_are_on_further_pages(account: Account, resident: Visitor) -> None:
    for _number in range(25):
        event(account)
    assert "?page=2" in page(resident)
    assert "Signed in (password)" in page(resident, "?page=2")


def test_further_pages_say_in_heading_and_links_which_they_are(
    account: Account, resident: Visitor
) -> None:
    for _number in range(25):
        event(account)
    first, second = page(resident), page(resident, "?page=2")
    assert "in your account, page" not in first
    assert "Page 2 of 2" in first
    assert second.count("What happened in your account, page 2 of 2") == 2
    assert "Page 1 of 2" in second


def test_links_of_one_minute_are_heard_apart(account: Account, resident: Visitor) -> None:
    at = timezone.now() - timedelta(days=1)
    for _number in range(3):
        event(account, at=at)
    text = page(resident)
    assert [text.count(f"Name changed, {number} of 3") for number in (1, 2, 3)] == [1, 1, 1]


def test_an_account_without_any_event_is_told_so(
    resident: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As it is once all that an account had is older than what is kept.
    monkeypatch.setattr("accounts.history.queries.told", lambda _: AuditEvent.objects.none())
    text = page(resident)
    assert "Nothing has happened yet" in text
    assert "The newest is at the top" not in text


def test_strangers_are_sent_to_sign_in() -> None:
    assert Visitor().get("/account/history")["Location"].startswith("/sign-in")
    assert Visitor().client.post("/account/history/1/not-me")["Location"].startswith("/sign-in")
