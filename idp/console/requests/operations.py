"""Asking for a second person, taking it back, and deciding; what was agreed is done at once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.notices.queries import addresses_to_tell
from accounts.recovery import queries as recoveries
from accounts.recovery.rules import Rung, Shown
from accounts.recovery.waiting import operations as waiting
from accounts.recovery.waiting.operations import Claim
from accounts.suspension.operations import AccountClosedError, reinstate
from idp.console.helping.operations import about
from idp.console.knowing.queries import who_was_there
from idp.console.requests import addresses, queries
from idp.console.requests.rules import (
    APPEAL_REASONS,
    EMAIL_REASONS,
    LASTS,
    RESET_REASONS,
    TARGET,
    Evidence,
    Reason,
    Refusal,
)
from idp.models import HelpSession, StaffRequest

_Act: Final = StaffRequest.Act
_Outcome: Final = StaffRequest.Outcome
REASONS: Final[Mapping[str, Mapping[Reason, bool]]] = {
    _Act.RESET_WAYS: RESET_REASONS,
    _Act.APPEAL: APPEAL_REASONS,
    _Act.CHANGE_EMAIL: EMAIL_REASONS,
}


@dataclass(frozen=True)
class NotDecidedError(Exception):
    """Nothing was changed; a decision that was tried is recorded."""

    refusal: Refusal


@transaction.atomic
def ask(
    *,
    act: StaffRequest.Act,
    help_session: HelpSession,
    account: Account,
    evidence: Collection[Evidence] = (),
    new_address: str = "",
) -> StaffRequest:
    """Ask for a second person, who sees which `evidence` the first one had.

    `new_address`: the one that the main address is to be changed to.

    Raises:
        NotDecidedError: it is asked for already, others are on the call, or there is nothing to.
    """
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    refusal = queries.refusal_to_ask(act, help_session, locked)
    if refusal is not None:
        raise NotDecidedError(refusal)
    if act == _Act.CHANGE_EMAIL:
        _may_change(locked, new_address, help_session.staff)
    before = queries.undecided(locked, act)
    if before is not None:
        _end(before, _Outcome.LAPSED)
    now = timezone.now()
    row = StaffRequest.objects.create(
        act=act,
        account=locked,
        asked_by=help_session.staff,
        help_session=help_session,
        case_reference=help_session.case_reference,
        tier=help_session.tier,
        known_by=help_session.known_by,
        others=who_was_there(help_session),
        channel=help_session.channel,
        called_back_at=help_session.called_back_at,
        evidence=sorted(set(evidence)),
        new_address=new_address,
        asked_at=now,
        due_at=now + TARGET,
        expires_at=now + LASTS,
    )
    touched = vars(about(help_session, act=act, evidence=",".join(row.evidence)))
    told = About(**{**touched, "object_kind": "staff_request", "object_id": str(row.pk)})
    record(Event.STAFF_REQUEST_MADE, by=staff(help_session.staff), about=told)
    return row


@transaction.atomic
def withdraw(*, request: StaffRequest) -> None:
    """Take a request back, as its asker wishes; what is decided stays so."""
    row = _locked(request)
    if not row.outcome:
        _end(row, _Outcome.WITHDRAWN)
        _note(Event.STAFF_REQUEST_WITHDRAWN, row, row.asked_by)


def decide(*, request: StaffRequest, reason: Reason, by: Account) -> StaffRequest:
    """Agree, and it is done at once; or refuse: as the reason has it.

    Raises:
        NotDecidedError: it is over, they may not decide it, or it cannot be done now.
    """
    try:
        return _decide(request, reason, by)
    except NotDecidedError as error:
        _note_stopped(request, by, error.refusal)
        raise


@transaction.atomic
def _decide(request: StaffRequest, reason: Reason, by: Account) -> StaffRequest:
    row = _locked(request)
    refusal = queries.refusal_of(row, by)
    if refusal is not None:
        raise NotDecidedError(refusal)
    agrees = REASONS[row.act][reason]
    if agrees and row.act == _Act.CHANGE_EMAIL:
        _may_change(row.account, row.new_address, by)
        if addresses.is_stale(row):
            raise NotDecidedError(Refusal.STALE)
    _end(row, _Outcome.AGREED if agrees else _Outcome.REFUSED, reason, by)
    event = Event.STAFF_REQUEST_AGREED if agrees else Event.STAFF_REQUEST_REFUSED
    _note(event, row, by, reason)
    if agrees:
        _DOES[_Act(row.act)](row, staff(by))
    elif row.act == _Act.APPEAL:
        tell(account=row.account, news=News.APPEAL_REFUSED)
    return row


def _begin_reset(row: StaffRequest, by: Actor) -> None:
    mailbox = next(iter(addresses_to_tell(row.account)), None)
    if mailbox is None:
        raise NotDecidedError(Refusal.NO_MAILBOX)
    # Two of the staff stand for what else the code and the mailbox would show.
    shown = frozenset({Shown.MAILBOX, Shown.COUNTER_CODE})
    claim = Claim(Rung.COUNTER, shown, mailbox_key=mailbox.address_key)
    if waiting.begin(account=row.account, claim=claim, by=by) is not None:
        raise NotDecidedError(Refusal.NOT_POSSIBLE)
    row.recovery = recoveries.latest_of(row.account)
    row.save(update_fields=["recovery"])


def _begin_change(row: StaffRequest, by: Actor) -> None:
    row.email_change = addresses.begin(row, by)
    row.new_address = ""
    row.save(update_fields=["email_change", "new_address"])


def _may_change(account: Account, address: str, by: Account) -> None:
    refusal = addresses.refusal_to_change(account, address, by=by)
    if refusal is not None:
        raise NotDecidedError(refusal)


def _give_back(row: StaffRequest, by: Actor) -> None:
    if row.account.status != Account.Status.SUSPENDED:
        raise NotDecidedError(Refusal.NOT_SUSPENDED)
    try:
        reinstate(account=row.account, by=by)
    except AccountClosedError as error:
        raise NotDecidedError(Refusal.NOT_POSSIBLE) from error


_DOES: Final[Mapping[StaffRequest.Act, Callable[[StaffRequest, Actor], None]]] = {
    _Act.RESET_WAYS: _begin_reset,
    _Act.APPEAL: _give_back,
    _Act.CHANGE_EMAIL: _begin_change,
}


def _locked(request: StaffRequest) -> StaffRequest:
    # The account first, as every other write on it does: of two who decide, one waits here.
    Account.objects.select_for_update(no_key=True).get(pk=request.account_id)
    rows = StaffRequest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("account", "asked_by").get(pk=request.pk)


def _end(
    row: StaffRequest,
    outcome: StaffRequest.Outcome,
    reason: Reason | str = "",
    by: Account | None = None,
) -> None:
    row.outcome, row.reason, row.decided_by = outcome, reason, by
    row.decided_at = timezone.now()
    if outcome != _Outcome.AGREED:
        row.new_address = ""
    row.save(update_fields=["outcome", "reason", "decided_by", "decided_at", "new_address"])


@transaction.atomic
def _note_stopped(row: StaffRequest, by: Account, refusal: Refusal) -> None:
    _note(Event.STAFF_REQUEST_STOPPED, row, by, refusal)


def _note(event: Event, row: StaffRequest, by: Account, reason: str = "") -> None:
    touched = About(
        account_id=row.account_id,
        object_kind="staff_request",
        object_id=str(row.pk),
        reason=reason,
        detail={"act": row.act, "tier": row.tier},
        case_reference=row.case_reference,
    )
    record(event, by=staff(by), about=touched)
