"""The list of acts offers what may be tried now, and says what stands in the way of the rest."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.freezing.operations import freeze_by_operator
from accounts.models import Account, RecoveryRequest
from accounts.profile.emails.changes.operations import begin_by_staff
from accounts.recovery.rules import OPEN_FOR
from idp.console.acts.queries import refusal_now
from idp.console.acts.rules import Refusal
from idp.console.acts.table import Act
from idp.console.helping.rules import Tier
from idp.console.requests.rules import LASTS
from idp.console.requests.rules import Refusal as RequestRefusal
from idp.models import HelpSession
from tests import factories
from tests.accounts.staffing.desk import Desk
from tests.idp.console.acts.test_acts import COUNTER, acts_recorded, address, do, stopped
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db

NOT_NOW = "Not possible now"


def _known(account: Account, **columns: Any) -> tuple[HelpSession, Desk]:
    return helping(account, Tier.OWNER, roles=("support", "support_lead"), **columns)


def _page(desk: Desk, row: HelpSession) -> str:
    return str(desk.get(f"/staff/help/{row.pk}/acts").content.decode())


def _offered(desk: Desk, row: HelpSession) -> set[Act]:
    page = _page(desk, row)
    return {act for act in Act if f'href="{address(row, act)}"' in page}


def test_what_has_nothing_to_end_or_to_appeal_against_is_not_offered() -> None:
    row, desk = _known(factories.account(), **COUNTER)
    needs_something = {
        Act.RESUME_RECOVERY,
        Act.CANCEL_RECOVERY,
        Act.CANCEL_EMAIL_CHANGE,
        Act.APPEAL,
    }
    assert _offered(desk, row) == set(Act) - needs_something
    shown = _page(desk, row).partition(NOT_NOW)[2]
    assert "No change of email address waits for this account." in shown
    assert "The account is not suspended" in shown


def test_what_waits_can_be_ended() -> None:
    account = factories.account()
    stopped(account)
    begin_by_staff(account=account, address="ann.new@example.org", wait=LASTS, by=OPERATOR)
    row, desk = _known(account, **COUNTER)
    ends = {Act.RESUME_RECOVERY, Act.CANCEL_RECOVERY, Act.CANCEL_EMAIL_CHANGE}
    assert ends <= _offered(desk, row)


def test_of_a_suspended_account_an_appeal_is_offered_and_no_second_suspension() -> None:
    row, desk = _known(factories.account(status="suspended"), **COUNTER)
    offered = _offered(desk, row)
    assert Act.APPEAL in offered
    assert not {Act.SUSPEND, Act.CHANGE_EMAIL, Act.RESET_WAYS} & offered


def test_what_was_asked_for_is_not_offered_again() -> None:
    row, desk = _known(factories.account(), **COUNTER)
    assert do(desk, row, Act.RESET_WAYS).status_code == 303
    assert Act.RESET_WAYS not in _offered(desk, row)
    assert "This is asked for already" in _page(desk, row)


def test_with_somebody_else_on_the_call_no_second_person_is_asked() -> None:
    row, desk = _known(factories.account(), others=["advocate"])
    assert not {Act.RESET_WAYS, Act.CHANGE_EMAIL, Act.APPEAL} & _offered(desk, row)
    assert "Somebody else is on the call" in _page(desk, row)


def test_of_the_account_nothing_is_said_for_acts_whose_caller_is_not_known_well_enough() -> None:
    account = factories.account()
    freeze_by_operator(account=account, by=OPERATOR)
    row, desk = helping(account)
    assert _offered(desk, row) == set()
    page = _page(desk, row)
    assert "The caller has to be known as “Reads the account’s email” first." in page
    assert "frozen already" not in page


def test_where_nobody_is_named_that_is_what_is_said() -> None:
    row, desk = helping(None)
    page = _page(desk, row)
    assert "We do not know yet whose account it is." in page
    assert "has to be known as" not in page


def _frozen(account: Account) -> None:
    freeze_by_operator(account=account, by=OPERATOR)


def _closed(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(status="closed")


def _waiting(account: Account) -> None:
    now = timezone.now()
    state = RecoveryRequest.State.WAITING
    stopped(account, state=state, paused_at=None, opens_at=now, closes_at=now + OPEN_FOR)


def _none(_account: Account) -> None:
    pass


@pytest.mark.parametrize(
    "state, act, at_counter, refusal",
    [
        (_frozen, Act.FREEZE, True, Refusal.FROZEN_ALREADY),
        (_closed, Act.FREEZE, True, Refusal.CLOSED),
        (_closed, Act.SUSPEND, True, Refusal.CLOSED),
        (_closed, Act.GIVE_CODE, True, Refusal.CLOSED),
        (_none, Act.GIVE_CODE, False, Refusal.NOT_AT_COUNTER),
        (_none, Act.RESUME_RECOVERY, False, Refusal.NO_RECOVERY),
        (_waiting, Act.RESUME_RECOVERY, True, Refusal.NOT_STOPPED),
        (stopped, Act.RESUME_RECOVERY, False, Refusal.PAPERS_NEEDED),
        (_frozen, Act.CHANGE_EMAIL, True, RequestRefusal.NOT_ACTIVE),
        (_none, Act.END_SESSIONS, False, None),
    ],
)
def test_what_the_list_says_is_what_the_act_would_answer(
    state: Any,  # noqa: ANN401 - some return the row that they make
    act: Act,
    *,
    at_counter: bool,
    refusal: Refusal | RequestRefusal | None,
) -> None:
    account = factories.account()
    state(account)
    account.refresh_from_db()
    row, desk = _known(account, **(COUNTER if at_counter else {}))
    assert refusal_now(act, row, account) == refusal
    assert do(desk, row, act).status_code == (409 if refusal else 303)


def test_to_look_at_the_list_records_no_try() -> None:
    row, desk = _known(factories.account(status="closed"), **COUNTER)
    assert NOT_NOW in _page(desk, row)
    assert not acts_recorded("refused")
