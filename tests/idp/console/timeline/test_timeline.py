"""Staff who know whom they talk to read what happened, and nothing that somebody typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.holding_back import operations as holding
from accounts.models import Account, AuditEvent, OutboundMessage
from accounts.notices.news import News
from accounts.notices.operations import tell
from idp.console.helping.rules import Tier
from idp.console.timeline.wording import STATES, mail_words
from tests import factories
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db


def _page() -> str:
    account = factories.account("ada@example.org", full_name="<b>Ada Secret")
    tell(account=account, news=News.SUSPENDED)
    OutboundMessage.objects.update(state="bounced")
    row, desk = helping(account, Tier.MAILBOX)
    desk.get(f"/staff/help/{row.pk}/timeline")
    answer = desk.get(f"/staff/help/{row.pk}/timeline")
    shown: str = answer.content.decode()
    return shown


def test_it_says_what_became_of_mails_and_masks_where_they_went() -> None:
    shown = _page()
    assert "Notice of a change" in shown
    assert "Sent, and came back" in shown
    assert "a•••@example.org" in shown
    for hidden in ("ada@", "Ada Secret"):
        assert hidden not in shown


def test_the_look_is_recorded_once_and_its_owner_sees_it() -> None:
    _page()
    seen = AuditEvent.objects.filter(event="account:help_timeline:seen")
    assert [event.detail["tier"] for event in seen] == [1]


def test_to_a_caller_whom_nobody_has_checked_it_is_closed() -> None:
    row, desk = helping(factories.account(), Tier.UNCHECKED)
    assert desk.get(f"/staff/help/{row.pk}/timeline").status_code == 403


@pytest.mark.parametrize(
    "role, reads_it", [("support", False), ("support_lead", True)], ids=["support", "lead"]
)
def test_what_is_kept_back_from_its_owner_only_those_read_who_may_keep_it_back(
    role: str, *, reads_it: bool
) -> None:
    account = factories.account()
    _keep_back(account)
    row, desk = helping(account, Tier.MAILBOX, roles=(role,))
    record(Event.HELP_STARTED, by=staff(row.staff), about=About(account_id=account.pk))
    shown = desk.get(f"/staff/help/{row.pk}/timeline").content.decode()
    for words in ("Looked at by our staff", "Two of our staff agreed"):
        assert (words in shown) == reads_it


def _keep_back(account: Account) -> None:
    asker, other = (factories.staff_member(role) for role in ("support_lead", "auditor"))
    until = timezone.now() + timedelta(days=30)
    row = holding.ask(account=account, until=until, case_reference="INV-1", by=asker.account)
    holding.agree(hold_back=row, by=other.account)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "\0"])
def test_a_page_that_is_none_shows_one_that_is(page: str) -> None:
    row, desk = helping(factories.account(), Tier.MAILBOX)
    answer = desk.client.get(f"/staff/help/{row.pk}/timeline", {"page": page})
    assert answer.status_code == 200


def test_every_state_and_template_has_words() -> None:
    assert set(STATES) == set(OutboundMessage.State.values)
    for template in OutboundMessage.Template.values:
        assert str(mail_words(template))
