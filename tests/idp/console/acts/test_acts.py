"""What staff do to an account: by whom, how surely known, told to whom, recorded how."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Account, AuditEvent, ColleagueAccount, RecoveryRequest, Session
from accounts.staff import MAY, Role
from idp.console.acts import operations
from idp.console.acts.operations import NotDoneError
from idp.console.acts.table import ACTS, Act
from idp.console.helping.rules import Tier
from idp.models import HelpSession
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db
every_act = pytest.mark.parametrize("act", ACTS)
COUNTER: dict[str, Any] = {
    "known_by": HelpSession.Known.COUNTER,
    "channel": HelpSession.Channel.COUNTER,
}


def address(row: HelpSession, act: Act) -> str:
    return f"/staff/help/{row.pk}/acts/{act.replace('_', '-')}"


def do(desk: Desk, row: HelpSession, act: Act) -> Response:
    return desk.post(address(row, act), **answers(act))


def answers(act: Act) -> dict[str, Any]:
    """Return what the act's page asks for."""
    terms, values = ACTS[act], dict[str, Any]()
    if terms.grounds:
        values["ground"] = next(iter(terms.grounds))
    if terms.needs_address:
        values["new_address"] = "ann.new@example.org"
    if terms.needs_evidence:
        values["evidence"] = ["known_to_officer"]
    return values


def acts_recorded(kind: str = "done") -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=f"account:staff_act:{kind}").order_by("pk"))


def role_for(act: Act) -> str:
    return next(role for role in Role if ACTS[act].permission in MAY[role])


def stopped(account: Account, **columns: object) -> RecoveryRequest:
    now = timezone.now()
    values: dict[str, object] = {
        "rung": "counter",
        "state": RecoveryRequest.State.PAUSED,
        "started_at": now,
        "opens_at": now + timedelta(hours=24),
        "closes_at": now + timedelta(days=15),
        "paused_at": now,
    }
    row: RecoveryRequest = RecoveryRequest.objects.create(account=account, **(values | columns))
    return row


def test_the_table_has_every_act() -> None:
    assert set(ACTS) == set(Act)


@every_act
def test_the_page_stands_behind_the_door_that_the_table_states(act: Act) -> None:
    terms = ACTS[act]
    row, desk = helping(factories.account(), terms.tier, roles=(role_for(act),))
    assert desk.get(address(row, act)).status_code == 200
    too_low, low_desk = helping(factories.account(), Tier.UNCHECKED, roles=(role_for(act),))
    refused = [low_desk.get(address(too_low, act)), do(low_desk, too_low, act)]
    if terms.tier > Tier.UNCHECKED:
        assert [answer.status_code for answer in refused] == [403, 403]
        assert not acts_recorded()


@every_act
def test_without_the_permission_or_a_staff_session_there_is_no_such_page(act: Act) -> None:
    row, desk = helping(factories.account(), Tier.OWNER, roles=("auditor",))
    assert do(desk, row, act).status_code == 404
    assert do(Desk(), row, act)["Location"].startswith("/staff/sign-in")
    assert not acts_recorded()


@every_act
def test_once_the_help_session_is_over_nothing_is_done(act: Act) -> None:
    row, desk = helping(
        factories.account(), Tier.OWNER, roles=(role_for(act),), ended_at=timezone.now()
    )
    assert do(desk, row, act).status_code == 403
    assert not acts_recorded()


@pytest.mark.parametrize("act", [act for act in ACTS if ACTS[act].is_fresh])
def test_a_dangerous_act_wants_a_sign_in_just_now(act: Act) -> None:
    row, desk = helping(factories.account(), Tier.OWNER, roles=(role_for(act),))
    Session.objects.filter(pk=row.signed_in_id).update(
        signed_in_at=timezone.now() - timedelta(minutes=16)
    )
    assert do(desk, row, act)["Location"].startswith("/staff/sign-in")
    assert not acts_recorded()


@every_act
def test_nobody_does_it_to_their_own_account(act: Act) -> None:
    account = factories.account()
    row, desk = helping(account, Tier.OWNER, roles=(role_for(act),), **COUNTER)
    ColleagueAccount.objects.create(account=account, staff=row.staff)
    # Noted while the act is done, the door was open before.
    with pytest.raises(NotDoneError):
        operations.do(act=act, help_session=row, account=account)
    assert [event.reason for event in acts_recorded("refused")] == ["own_record"]
    assert do(desk, row, act).status_code == 403
    assert not acts_recorded()


class TestWhatIsDone:
    def test_they_are_signed_out_everywhere(self) -> None:
        account = factories.account()
        session = factories.session(account)
        row, desk = helping(account, Tier.MAILBOX)
        answer = do(desk, row, Act.END_SESSIONS)
        assert answer["Location"] == f"/staff/help/{row.pk}/acts?done=end_sessions"
        assert "Done: Sign them out everywhere" in desk.get(answer["Location"]).content.decode()
        session.refresh_from_db()
        assert session.ended_at is not None
        (event,) = acts_recorded()
        assert (event.actor_kind, event.actor_id) == ("staff", str(row.staff_id))
        assert event.case_reference == row.case_reference
        assert event.detail == {"act": "end_sessions", "role": "support", "tier": 1}
        assert len(letters()) == 1

    def test_an_account_is_frozen_once(self) -> None:
        account = factories.account()
        row, desk = helping(account, Tier.MAILBOX)
        assert do(desk, row, Act.FREEZE).status_code == 303
        again = do(desk, row, Act.FREEZE)
        assert again.status_code == 409
        assert "frozen already" in again.content.decode()
        account.refresh_from_db()
        assert account.status == Account.Status.FROZEN
        assert len(acts_recorded()) == len(letters()) == 1

    def test_a_code_is_shown_once_at_a_counter(self) -> None:
        account = factories.account()
        row, desk = helping(account, Tier.OWNER, **COUNTER)
        shown = do(desk, row, Act.GIVE_CODE).content.decode()
        assert "You see it only now" in shown
        assert RecoveryRequest.objects.get(account=account).code_hash

    def test_on_the_phone_no_code_is_given(self) -> None:
        account = factories.account()
        row, desk = helping(account, Tier.OWNER)
        assert do(desk, row, Act.GIVE_CODE).status_code == 409
        assert not RecoveryRequest.objects.exists()

    def test_a_stopped_recovery_goes_on_for_somebody_at_a_counter(self) -> None:
        account = factories.account()
        found = stopped(account)
        row, desk = helping(account, Tier.OWNER, **COUNTER)
        assert do(desk, row, Act.RESUME_RECOVERY).status_code == 303
        found.refresh_from_db()
        assert found.state == RecoveryRequest.State.WAITING
        assert do(desk, row, Act.RESUME_RECOVERY).status_code == 409

    def test_it_stays_stopped_for_a_voice_with_a_code(self) -> None:
        """Whoever stopped it may be the owner, and whoever reads out codes may be the thief."""
        account = factories.account()
        found = stopped(account)
        row, desk = helping(account, Tier.OWNER, known_by=HelpSession.Known.ACCOUNT_CODE)
        assert do(desk, row, Act.RESUME_RECOVERY).status_code == 409
        found.refresh_from_db()
        assert found.state == RecoveryRequest.State.PAUSED
        assert [event.reason for event in acts_recorded("refused")] == ["papers_needed"]

    def test_a_strangers_recovery_ends(self) -> None:
        account = factories.account()
        found = stopped(account)
        row, desk = helping(account, Tier.OWNER)
        assert do(desk, row, Act.CANCEL_RECOVERY).status_code == 303
        found.refresh_from_db()
        assert found.state == RecoveryRequest.State.CANCELLED
        assert do(desk, row, Act.CANCEL_RECOVERY).status_code == 409


def test_a_made_up_name_of_an_act_is_not_shown_as_done() -> None:
    row, desk = helping(factories.account())
    shown = desk.get(f"/staff/help/{row.pk}/acts?done=<b>all</b>").content.decode()
    assert "Done:" not in shown
