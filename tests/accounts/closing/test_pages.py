"""The pages to close an account, to keep it, and to have it back in the middle of a sign-in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.closing import operations, queries
from accounts.closing.operations import Reason
from accounts.history.operations import not_me_by_owner
from accounts.models import Account, AccountClosing, AuditEvent, PendingSignIn, Session
from tests import factories
from tests.accounts import post
from tests.accounts.mfa.owner import ANN, Owner, asks_to_sign_in
from tests.accounts.visitor import Response, Visitor
from tests.factories import ways

pytestmark = pytest.mark.django_db
CONFIRM = "/account/close/confirm"
SURE = {"sure": "on"}


@pytest.fixture
def ann() -> Account:
    return factories.account(ANN, password=factories.PASSWORD)


@pytest.fixture
def owner(ann: Account) -> Owner:
    return Owner(ann)


def closed(account: Account, reason: Reason = Reason.RESIDENT) -> AccountClosing:
    operations.close_by_operator(account=account, reason=reason, case="", by=OPERATOR)
    account.refresh_from_db()
    return AccountClosing.objects.get(account=account)


def reopen(visitor: Visitor, flow: str) -> Response:
    return visitor.client.post("/sign-in/closed", {"flow": flow})


def test_looking_at_the_pages_closes_nothing(owner: Owner) -> None:
    for page in ("/account/close", CONFIRM, "/account/closing", "/account/closing/services"):
        owner.get(page)
        owner.client.head(page)
    assert not AccountClosing.objects.exists()


def test_the_first_page_says_what_is_kept_and_for_how_long(owner: Owner) -> None:
    page = owner.get("/account/close").text
    for words in ("wait 7 days", "For 90 days", "What we delete", "What we keep, and why"):
        assert words in page


def test_the_first_page_leads_to_a_copy_of_everything(owner: Owner) -> None:
    assert 'href="/account/copy"' in owner.get("/account/close").text


def test_the_account_page_says_for_as_long_as_it_waits_when_it_closes(owner: Owner) -> None:
    banner = 'notification-banner__link" href="/account/closing"'
    assert banner not in owner.get("/account").text
    owner.client.post(CONFIRM, SURE)
    assert banner in owner.get("/account").text
    owner.client.post("/account/closing")
    assert banner not in owner.get("/account").text


def test_a_button_alone_closes_nothing(owner: Owner) -> None:
    page = owner.client.post(CONFIRM)
    assert page.status_code == 200
    assert "Error: Do you want" in page.text
    assert "Tick the box if you want to close your account" in page.text
    assert not AccountClosing.objects.exists()


def test_with_the_box_ticked_the_account_waits(owner: Owner, ann: Account) -> None:
    answer = owner.client.post(CONFIRM, SURE)
    assert (answer.status_code, answer["Location"]) == (303, "/account/closing/services")
    assert queries.waiting(ann) is not None
    assert owner.session is not None
    assert "Your account closes on" in owner.get("/account/closing").text
    assert owner.get("/account/close")["Location"] == "/account/closing"


def test_a_stranger_asks_for_nothing() -> None:
    answer = Visitor().client.post(CONFIRM, SURE)
    assert answer["Location"].startswith("/sign-in")
    assert not AccountClosing.objects.exists()


def test_an_old_sign_in_is_asked_for_anew(owner: Owner) -> None:
    owner.grow_stale()
    assert asks_to_sign_in(owner.client.post(CONFIRM, SURE))
    assert not AccountClosing.objects.exists()


def test_whoever_has_just_got_back_in_closes_nothing(owner: Owner, ann: Account) -> None:
    ann.changes_held_until = timezone.now() + timedelta(hours=1)
    ann.save()
    assert owner.client.post(CONFIRM, SURE).status_code == 403
    assert not AccountClosing.objects.exists()


def test_one_press_keeps_it_however_old_the_sign_in(owner: Owner, ann: Account) -> None:
    owner.client.post(CONFIRM, SURE)
    owner.grow_stale()
    answer = owner.client.post("/account/closing")
    assert (answer.status_code, answer["Location"]) == (303, "/account/closing")
    assert queries.waiting(ann) is None
    assert "Your account stays open" in owner.get("/account/closing").text


def test_whoever_signs_in_meanwhile_is_told_the_day_and_may_keep_it(
    owner: Owner, ann: Account
) -> None:
    owner.client.post(CONFIRM, SURE)
    later = Visitor()
    flow = later.begin("/account/history")
    answer = later.submit(ANN, flow=flow)
    assert answer["Location"] == f"/sign-in/closes?flow={flow}"
    assert later.session is not None
    page = later.get(answer["Location"]).text
    assert "Your account closes on" in page
    assert 'href="/account/history"' in page
    assert queries.waiting(ann) is not None
    kept = later.client.post("/sign-in/closes", {"flow": flow})
    assert (kept.status_code, kept["Location"]) == (303, "/account/history")
    assert queries.waiting(ann) is None


def test_another_browsers_sign_in_keeps_nobody_elses_account(owner: Owner, ann: Account) -> None:
    owner.client.post(CONFIRM, SURE)
    joan = factories.account("joan@example.org", password=factories.PASSWORD)
    other = Visitor()
    other.submit(joan.sign_in_name)
    flow = PendingSignIn.objects.filter(account=ann).first()
    assert flow is not None
    answer = other.client.post("/sign-in/closes", {"flow": flow.pk})
    assert answer["Location"] == "/account/closing"
    assert queries.waiting(ann) is not None


def test_the_mails_link_keeps_the_account(owner: Owner, ann: Account) -> None:
    owner.client.post(CONFIRM, SURE)
    letter = post.newest()
    assert "It closes on" in letter.text
    Visitor().client.post(letter.path("/safety/"))
    assert queries.waiting(ann) is None
    assert owner.session is None


def test_an_older_mails_link_leaves_a_newer_wish_alone(owner: Owner, ann: Account) -> None:
    """What was asked for before the mail's news is none of its reader's business."""
    owner.client.post(CONFIRM, SURE)
    old = timezone.now() - timedelta(hours=1)
    AccountClosing.objects.update(asked_at=old)
    event = AuditEvent.objects.filter(event="account:session:started").latest("pk")
    session = Session.objects.get(ended_at=None)
    not_me_by_owner(session=session, event=event, by=OPERATOR)
    assert queries.waiting(ann) is not None


def test_the_right_password_is_offered_the_closed_account_and_no_session(ann: Account) -> None:
    closed(ann)
    visitor = Visitor()
    answer = visitor.submit(ANN)
    assert answer["Location"].startswith("/sign-in/closed?flow=")
    page = visitor.get(answer["Location"]).text
    assert "Open my account again" in page
    assert visitor.session is None
    ann.refresh_from_db()
    assert ann.status == "closed"


def test_opened_again_the_sign_in_goes_on_to_where_it_led(ann: Account) -> None:
    closed(ann)
    visitor = Visitor()
    flow = visitor.begin("/account/history")
    visitor.submit(ANN, flow=flow)
    answer = reopen(visitor, flow)
    assert (answer.status_code, answer["Location"]) == (303, "/account/history")
    assert visitor.session is not None
    ann.refresh_from_db()
    assert ann.is_active


def test_a_wrong_password_learns_nothing_of_a_closed_account(ann: Account) -> None:
    closed(ann)
    about_closed = Visitor().submit(ANN, "wrong kettle marathon")
    about_nobody = Visitor().submit("nobody@example.org", "wrong kettle marathon")
    assert about_closed.status_code == about_nobody.status_code == 200
    assert "is not right" in about_closed.text
    assert "closed" not in about_closed.text


def test_the_password_alone_opens_no_account_with_a_second_step(ann: Account) -> None:
    key = ways.app(ann)
    closed(ann)
    visitor = Visitor()
    flow = visitor.begin("/account")
    assert "/sign-in/second-step" in visitor.submit(ANN, flow=flow)["Location"]
    reopen(visitor, flow)
    ann.refresh_from_db()
    assert ann.status == "closed"
    answer = visitor.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(key)})
    assert answer["Location"] == f"/sign-in/closed?flow={flow}"
    assert reopen(visitor, flow)["Location"] == "/account"


def test_no_proof_no_account_by_a_typed_address(ann: Account) -> None:
    closed(ann)
    visitor = Visitor()
    flow = visitor.begin("/account", account=ann)
    reopen(visitor, flow)
    other = Visitor()
    proved = Visitor()
    proved_flow = proved.begin("/account")
    proved.submit(ANN, flow=proved_flow)
    assert reopen(other, proved_flow).status_code == 400
    ann.refresh_from_db()
    assert ann.status == "closed"


def test_a_page_left_open_for_ninety_days_opens_nothing(ann: Account) -> None:
    closing = closed(ann)
    visitor = Visitor()
    flow = visitor.begin("/account")
    visitor.submit(ANN, flow=flow)
    AccountClosing.objects.filter(pk=closing.pk).update(reopen_until=timezone.now())
    assert reopen(visitor, flow).status_code == 403
    assert visitor.session is None


def test_what_the_council_closed_is_not_offered(ann: Account) -> None:
    closed(ann, Reason.OPERATOR)
    answer = Visitor().submit(ANN)
    assert answer.status_code == 403
    assert "Your account is closed" in answer.text


def test_a_reset_password_does_not_reach_a_closed_account(ann: Account) -> None:
    """Getting back into one is for a counter: a mailbox alone shall not undo a closing."""
    closed(ann)
    Visitor().client.post("/reset-password", {"sign_in_name": ANN})
    assert post.newest().subject == "About your password"
    assert "reset-password/" not in post.newest().text


def test_a_session_kept_from_before_is_of_no_use(owner: Owner, ann: Account) -> None:
    closed(ann)
    assert owner.session is None
    assert owner.get("/account").status_code == 302


def test_complaints_lead_back_to_their_list(owner: Owner) -> None:
    page = owner.get("/account/complaints/new").text
    assert 'href="/account/complaints" class="govuk-back-link"' in page
