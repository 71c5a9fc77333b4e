"""A help session's pages open to whoever began it, while it lasts, at the tier they need."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, ColleagueAccount
from idp.console.helping import operations
from idp.console.helping.operations import NotOpenedError
from idp.console.helping.rules import (
    Refusal,
    Stand,
    Tier,
    Whose,
    is_surer,
    refusal_to_enter,
    refusal_to_look,
)
from idp.models import HelpSession
from tests import factories
from tests.accounts.staffing.desk import at_work
from tests.idp.console.helping.person import helping

NOW = timezone.now()


def _stand(**values: object) -> Stand:
    given: dict[str, object] = {
        "ends_at": NOW + timedelta(minutes=1),
        "is_ended": False,
        "tier": Tier.UNCHECKED,
        "has_account": True,
    }
    return Stand(**(given | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "stand, needed, refusal",
    [
        (_stand(), Tier.UNCHECKED, None),
        (_stand(has_account=False), Tier.UNCHECKED, None),
        (_stand(has_account=False), Tier.MAILBOX, Refusal.NO_ACCOUNT),
        (_stand(), Tier.MAILBOX, Refusal.TIER_TOO_LOW),
        (_stand(tier=Tier.MAILBOX), Tier.MAILBOX, None),
        (_stand(tier=Tier.MAILBOX), Tier.OWNER, Refusal.TIER_TOO_LOW),
        (_stand(tier=Tier.OWNER), Tier.OWNER, None),
        (_stand(tier=Tier.OWNER, ends_at=NOW), Tier.UNCHECKED, Refusal.OVER),
        (_stand(tier=Tier.OWNER, is_ended=True), Tier.UNCHECKED, Refusal.OVER),
    ],
)
def test_a_page_opens_at_its_tier_while_the_session_lasts(
    stand: Stand, needed: Tier, refusal: Refusal | None
) -> None:
    assert refusal_to_enter(stand, needed=needed, now=NOW) is refusal


@pytest.mark.parametrize(
    "whose, role, refusal",
    [
        (Whose.RESIDENT, "support", None),
        (Whose.THEIR_OWN, "support", Refusal.OWN_RECORD),
        (Whose.THEIR_OWN, "support_lead", Refusal.OWN_RECORD),
        (Whose.COLLEAGUE, "support", Refusal.COLLEAGUE),
        (Whose.COLLEAGUE, "support_lead", None),
    ],
)
def test_nobody_looks_at_themselves_and_only_leads_at_colleagues(
    whose: Whose, role: str, refusal: Refusal | None
) -> None:
    assert refusal_to_look(whose, is_lead=role == "support_lead") is refusal


@pytest.mark.django_db
class TestOnPages:
    def test_it_opens_to_nobody_else(self) -> None:
        row, _desk = helping(factories.account())
        for roles in (("support",), ("support_lead",)):
            _other, stranger = at_work(*roles)
            assert stranger.get(f"/staff/help/{row.pk}").status_code == 404

    def test_it_opens_in_no_other_sign_in_of_the_same_person(self) -> None:
        row, desk = helping(factories.account())
        desk.sit_down(row.staff)
        assert desk.get(f"/staff/help/{row.pk}").status_code == 404

    def test_left_open_it_is_over_after_half_an_hour(self) -> None:
        row, desk = helping(factories.account(), expires_at=timezone.now())
        answer = desk.get(f"/staff/help/{row.pk}")
        assert answer.status_code == 403
        assert "is over" in answer.content.decode()

    def test_ending_it_closes_its_pages(self) -> None:
        row, desk = helping(factories.account())
        assert desk.post(f"/staff/help/{row.pk}/end")["Location"] == "/staff"
        assert desk.get(f"/staff/help/{row.pk}").status_code == 403
        assert AuditEvent.objects.filter(event="account:help:ended").count() == 1


@pytest.mark.django_db
class TestNotedSince:
    PAGES = ("", "/know", "/others", "/timeline", "/acts", "/call-back")

    @pytest.mark.parametrize("page", PAGES)
    def test_ones_own_account_closes_every_page_at_once(self, page: str) -> None:
        account = factories.account()
        row, desk = helping(account, Tier.OWNER)
        assert desk.get(f"/staff/help/{row.pk}{page}").status_code == 200
        ColleagueAccount.objects.create(account=account, staff=row.staff)
        answer = desk.get(f"/staff/help/{row.pk}{page}")
        assert answer.status_code == 403
        assert "your own account" in answer.content.decode()
        event = AuditEvent.objects.get(event="account:help:refused")
        assert (event.reason, event.account_id) == ("own_record", account.pk)
        # It is over: nothing of it is recorded once more.
        assert "is over" in desk.get(f"/staff/help/{row.pk}{page}").content.decode()
        assert AuditEvent.objects.filter(event="account:help:refused").count() == 1

    @pytest.mark.parametrize("role, status", [("support", 403), ("support_lead", 200)])
    def test_a_colleagues_account_stays_open_to_leads_alone(self, role: str, status: int) -> None:
        account = factories.account()
        row, desk = helping(account, roles=(role,))
        colleague = factories.staff_member("support")
        ColleagueAccount.objects.create(account=account, staff=colleague.account)
        assert desk.get(f"/staff/help/{row.pk}").status_code == status

    def test_nothing_is_done_any_more_either(self) -> None:
        account = factories.account()
        row, desk = helping(account, Tier.OWNER)
        ColleagueAccount.objects.create(account=account, staff=row.staff)
        assert desk.post(f"/staff/help/{row.pk}/acts/freeze").status_code == 403
        account.refresh_from_db()
        assert account.status == "active"


@pytest.mark.django_db
class TestKnowing:
    def test_a_caller_is_never_known_less_surely_than_before(self) -> None:
        row, _desk = helping(factories.account(), Tier.OWNER)
        after = operations.reach(
            help_session=row, tier=Tier.MAILBOX, known_by=HelpSession.Known.MAILED_CODE
        )
        assert (after.tier, after.known_by) == (2, "account_code")
        assert not AuditEvent.objects.filter(event="account:help_tier:reached").exists()

    def test_papers_at_a_counter_stand_in_the_place_of_a_code_and_never_the_other_way_round(
        self,
    ) -> None:
        account = factories.account()
        row, _desk = helping(account, Tier.OWNER)
        for known_by in (HelpSession.Known.COUNTER, HelpSession.Known.ACCOUNT_CODE):
            after = operations.reach(help_session=row, tier=Tier.OWNER, known_by=known_by)
            assert (after.tier, after.known_by) == (2, "counter")
        [event] = AuditEvent.objects.filter(event="account:help_tier:reached")
        assert event.reason == "counter"

    def test_every_way_has_its_place(self) -> None:
        for known_by in HelpSession.Known:
            assert is_surer((Tier.OWNER, known_by), (Tier.MAILBOX, "counter"))

    def test_how_surely_is_recorded(self) -> None:
        account = factories.account()
        row, _desk = helping(account)
        operations.reach(help_session=row, tier=Tier.OWNER, known_by=HelpSession.Known.COUNTER)
        event = AuditEvent.objects.get(event="account:help_tier:reached")
        assert (event.account_id, event.reason, event.detail["tier"]) == (account.pk, "counter", 2)

    def test_of_no_account_nobody_is_the_owner(self) -> None:
        row, _desk = helping(None)
        with pytest.raises(ValueError, match="no account"):
            operations.reach(help_session=row, tier=Tier.OWNER, known_by=HelpSession.Known.COUNTER)

    def test_an_account_that_becomes_known_later_is_refused_like_any(self) -> None:
        row, _desk = helping(None)
        own = factories.account(row.staff.staff_member.work_email)
        with pytest.raises(NotOpenedError):
            operations.find_account(help_session=row, account=own)
        row.refresh_from_db()
        assert row.account is None

    def test_an_account_once_known_stays(self) -> None:
        first, second = factories.account(), factories.account()
        row, _desk = helping(first)
        assert operations.find_account(help_session=row, account=second).account == first
