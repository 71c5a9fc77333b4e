"""The first screen of a help session, and what staff do before they know who calls."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.help_codes.operations import for_message
from accounts.limits.operations import hit, peek
from accounts.limits.table import (
    HELP_LIFTS,
    HELP_MAILS,
    HELP_MISSES,
    HELP_SAME_PERSON,
    RESET_MAIL,
    SIGN_IN_NAME,
)
from accounts.models import Account, AuditEvent, ColleagueAccount, HelpCode, OutboundMessage
from accounts.recovery.reset.operations import request_reset
from idp.console.helping.rules import Tier
from idp.models import HelpSession
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk
from tests.idp.console.helping.person import help_session, helping

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"


def _page(desk: Desk, row: HelpSession) -> str:
    answer = desk.get(f"/staff/help/{row.pk}")
    assert answer.status_code == 200
    shown: str = answer.content.decode()
    return shown


def _do(desk: Desk, row: HelpSession, act: str) -> str:
    answer = desk.post(f"/staff/help/{row.pk}/{act}")
    assert answer.status_code == 303
    return str(answer["Location"]).partition("?done=")[2]


def _typed(address: str = ADDRESS, **values: Any) -> tuple[HelpSession, Desk]:
    account = values.pop("account", None)
    return helping(account, address_key=address, **values)


def _causes() -> list[str]:
    rows = AuditEvent.objects.filter(event="account:help_cause:found").order_by("pk")
    return list(rows.values_list("reason", flat=True))


def test_what_it_says_is_recorded_once() -> None:
    row, desk = _typed()
    for _look in range(2):
        assert "There is nothing under this address" in _page(desk, row)
    assert _causes() == ["nothing_here"]


def test_nothing_of_the_account_is_shown_before_the_caller_was_checked() -> None:
    account = factories.account(ADDRESS, full_name="Ada Q Secret", password=factories.PASSWORD)
    factories.email_address(account, "other@example.org", is_primary=False)
    row, desk = _typed(account=account)
    shown = _page(desk, row)
    for hidden in ("Ada Q Secret", "other@example.org", ADDRESS, str(account.pk)):
        assert hidden not in shown


def test_the_cause_the_next_step_and_the_words_come_before_all_else() -> None:
    row, desk = _typed(others=["interpreter", "advocate"])
    page = _page(desk, row)
    parts = ("Not checked</strong>", 'id="cause"', 'id="next"', 'id="say"', "An interpreter</li>")
    places = [page.index(part) for part in (*parts, "I have finished helping")]
    assert places == sorted(places)


@pytest.mark.parametrize("status", ["suspended", "closed"])
def test_whoever_is_known_is_not_to_be_checked_first(status: str) -> None:
    row, desk = helping(factories.account(ADDRESS, status=status), Tier.OWNER)
    known = _page(desk, row)
    assert "Check who they are first" not in known
    assert "before I know who you are" not in known
    HelpSession.objects.update(tier=Tier.MAILBOX, known_by="mailed_code")
    assert "Check who they are first" in _page(desk, row)


def test_an_address_that_mail_comes_back_from_is_not_written_to() -> None:
    account = factories.account(ADDRESS, password=factories.PASSWORD)
    request_reset(typed=ADDRESS, by=SYSTEM)
    OutboundMessage.objects.update(state="bounced")
    row, desk = _typed(account=account)
    assert [_do(desk, row, act) for act in ("ways-back", "send-again")] == ["bounced", "bounced"]
    assert OutboundMessage.objects.count() == 1


def test_a_page_s_code_that_names_nobody_offers_nothing_to_send() -> None:
    later = timezone.now() + timedelta(minutes=30)
    steps = [{"at": "", "page": "signin:sign_in", "reason": "sign_in_too_many_tries"}]
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash="b", steps=steps, expires_at=later)
    row, desk = helping(None, help_code=code, given="help_code")
    shown = _page(desk, row)
    assert f'href="/staff/help/{row.pk}/more">Type their email address' in shown
    assert "/lift-limits" not in shown


def test_a_mails_code_says_what_became_of_it() -> None:
    account = factories.account(ADDRESS)
    request_reset(typed=ADDRESS, by=SYSTEM)
    mail = OutboundMessage.objects.get()
    row, desk = helping(account, help_code=for_message(mail), given="help_code")
    seen = []
    for columns in (
        {"state": "queued"},
        {"state": "sent", "secret_expires_at": timezone.now() + timedelta(hours=1)},
        {"secret_expires_at": timezone.now()},
        {"used_at": timezone.now()},
        {"state": "bounced"},
    ):
        OutboundMessage.objects.update(**columns)
        _page(desk, row)
        seen.append(_causes()[-1])
    assert seen == [
        "mail_on_its_way",
        "mail_in_hand",
        "link_expired",
        "link_spent",
        "mail_bounced",
    ]


@pytest.mark.parametrize("has_account", [True, False])
def test_the_ways_back_are_mailed_and_nobody_learns_whether_there_is_an_account(
    *, has_account: bool
) -> None:
    account = factories.account(ADDRESS, password=factories.PASSWORD) if has_account else None
    row, desk = _typed(account=account)
    assert _do(desk, row, "ways-back") == "start_recovery"
    [mail] = letters()
    assert mail.to == ADDRESS
    event = AuditEvent.objects.get(event="account:help_act:done")
    assert (event.reason, event.case_reference) == ("start_recovery", row.case_reference)


def test_nobodys_mailbox_is_flooded_by_staff() -> None:
    row, desk = _typed()
    answers = [_do(desk, row, "ways-back") for _each in range(HELP_MAILS.amount + 1)]
    assert answers[-1] == "enough"
    assert len(set(answers[:-1])) == 1


def test_where_nothing_is_known_nothing_is_sent() -> None:
    row, desk = helping(None, given="help_code")
    assert [_do(desk, row, act) for act in ("ways-back", "send-again", "lift-limits")] == [
        "nowhere",
        "nowhere",
        "nowhere",
    ]
    assert not letters()


def test_what_they_wait_for_is_sent_again() -> None:
    account = factories.account(ADDRESS, password=factories.PASSWORD)
    request_reset(typed=ADDRESS, by=SYSTEM)
    OutboundMessage.objects.update(state="sent", secret_expires_at=timezone.now())
    row, desk = _typed(account=account)
    assert "The link they used is too old" in _page(desk, row)
    assert _do(desk, row, "send-again") == "send_again"
    assert OutboundMessage.objects.filter(template="password_reset").count() == 2


def test_limits_that_count_by_their_name_are_lifted_so_often_a_day() -> None:
    account = factories.account(ADDRESS, password=factories.PASSWORD)
    row, desk = _typed(account=account)
    for limit in (RESET_MAIL, SIGN_IN_NAME):
        for _try in range(limit.amount):
            hit(limit, ADDRESS)
        assert not peek(limit, ADDRESS).allowed
    assert "slowed down" in _page(desk, row)
    assert _do(desk, row, "lift-limits") == "lift_limits"
    assert peek(RESET_MAIL, ADDRESS).allowed
    assert peek(SIGN_IN_NAME, ADDRESS).allowed
    for _more in range(HELP_LIFTS.amount - 1):
        _do(desk, row, "lift-limits")
    assert _do(desk, row, "lift-limits") == "enough"


def test_another_address_of_the_same_account_has_no_lifts_of_its_own() -> None:
    account = factories.account(ADDRESS, password=factories.PASSWORD)
    factories.email_address(account, "second@example.org", is_primary=False)
    for _try in range(HELP_LIFTS.amount):
        row, desk = _typed(account=account)
        assert _do(desk, row, "lift-limits") == "lift_limits"
    row, desk = _typed("second@example.org", account=account)
    assert _do(desk, row, "lift-limits") == "enough"


class TestSeveralOfOneMailbox:
    def _two(self) -> tuple[HelpSession, Desk]:
        for name in ("ada", "bea"):
            factories.account(f"{name}@home.example", sign_in_name=name)
        for account in Account.objects.filter(staff_since=None):
            factories.email_address(account, ADDRESS, is_primary=False)
        return _typed()

    def test_the_sign_in_name_says_which(self) -> None:
        row, desk = self._two()
        page = _page(desk, row)
        assert "share this mailbox" in page
        # There is no field here.
        assert "You type it on the next page" in page
        assert f'href="/staff/help/{row.pk}/name"' in page
        answer = desk.post(f"/staff/help/{row.pk}/name", name="Ada")
        assert answer.status_code == 303
        row.refresh_from_db()
        assert row.account is not None
        assert row.account.sign_in_name == "ada"

    @pytest.mark.parametrize("name", ["", "ad", "carol", "a\0", "x" * 255])
    def test_no_other_name_does(self, name: str) -> None:
        row, desk = self._two()
        factories.account("carol@home.example", sign_in_name="carol")
        assert desk.post(f"/staff/help/{row.pk}/name", name=name).status_code == 200
        row.refresh_from_db()
        assert row.account is None

    def test_guessing_names_stops_and_is_told(self) -> None:
        row, desk = self._two()
        for _try in range(HELP_MISSES.amount):
            assert desk.post(f"/staff/help/{row.pk}/name", name="carol").status_code == 200
        assert desk.post(f"/staff/help/{row.pk}/name", name="ada").status_code == 303
        other = help_session(desk, None, address_key=ADDRESS, ended_at=timezone.now())
        HelpSession.objects.filter(pk=row.pk).update(ended_at=timezone.now())
        HelpSession.objects.filter(pk=other.pk).update(ended_at=None)
        assert desk.post(f"/staff/help/{other.pk}/name", name="carol").status_code == 429
        reached = AuditEvent.objects.get(event="account:help_limit:reached")
        assert reached.reason == "many_misses"

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_once_it_is_known_who_calls_no_other_name_is_asked_for(self, method: str) -> None:
        row, desk = self._two()
        desk.post(f"/staff/help/{row.pk}/name", name="ada")
        answer = getattr(desk, method)(f"/staff/help/{row.pk}/name")
        assert answer.status_code == 404

    def test_under_a_code_there_is_no_mailbox_to_have_a_name_in(self) -> None:
        row, desk = helping(None, given="help_code")
        assert desk.post(f"/staff/help/{row.pk}/name", name="ada").status_code == 404

    def test_that_somebody_tried_their_own_name_stays_recorded(self) -> None:
        row, desk = self._two()
        account = Account.objects.get(sign_in_name="ada")
        ColleagueAccount.objects.create(account=account, staff=row.staff)
        answer = desk.post(f"/staff/help/{row.pk}/name", name="ada")
        assert "your own account" in answer.content.decode()
        refused = AuditEvent.objects.get(event="account:help:refused")
        assert (refused.account_id, refused.reason) == (account.pk, "own_record")
        assert refused.case_reference == row.case_reference

    def test_one_person_again_and_again_is_told_by_name_too(self) -> None:
        row, desk = self._two()
        account = Account.objects.get(sign_in_name="ada")
        for _try in range(HELP_SAME_PERSON.amount):
            hit(HELP_SAME_PERSON, str(row.staff_id), str(account.pk))
        assert desk.post(f"/staff/help/{row.pk}/name", name="ada").status_code == 303
        reached = AuditEvent.objects.get(event="account:help_limit:reached")
        assert reached.reason == "same_person"
