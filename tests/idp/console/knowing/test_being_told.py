"""An owner reads in their history what was done to check a caller, and nothing that was not."""

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.audit.operations import About
from accounts.history.wording import UNCHECKED, words
from accounts.models import AuditEvent, DeathNote, EmailAddress, OutboundMessage
from accounts.suspension.deaths.operations import note
from idp.console.knowing.rules import Refusal
from tests import factories
from tests.idp.console.helping.person import helping


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["unsafe", "dead"])
def test_where_nothing_is_mailed_nobody_is_told_that_it_was(why: str) -> None:
    account = factories.account("ann@example.org")
    if why == "unsafe":
        EmailAddress.objects.update(unsafe_since=timezone.now())
    else:
        note(account=account, evidence=DeathNote.Evidence.CALL, by=OPERATOR, about=About())
    before = OutboundMessage.objects.count()
    row, desk = helping(account)
    answer = desk.post(f"/staff/help/{row.pk}/know", way="mailed")
    # The page is the same: whoever asks has not been checked yet.
    assert answer["Location"] == f"/staff/help/{row.pk}/know/mailed-code"
    assert OutboundMessage.objects.count() == before
    assert not AuditEvent.objects.filter(event="account:call_code:sent").exists()
    event = AuditEvent.objects.get(event="account:call_code:refused")
    assert event.reason == "no_safe_email"
    assert "no code could be emailed to you" in words(event)


def test_an_owner_reads_why_a_check_did_not_succeed() -> None:
    told = {words(AuditEvent(event="account:call_code:refused", reason=one)) for one in Refusal}
    # Of no account, nobody is told.
    assert set(Refusal) - set(UNCHECKED) == {Refusal.NO_ACCOUNT}
    assert len(told) == len(Refusal)
