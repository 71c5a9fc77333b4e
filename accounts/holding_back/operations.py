"""Asking to keep looks back, agreeing, refusing, and ending it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.holding_back import queries, rules
from accounts.holding_back.rules import Refusal
from accounts.models import Account, HoldBack, StaffRole


@dataclass(frozen=True)
class NotHeldBackError(Exception):
    """It may not be; a refusal of the second person is recorded."""

    refusal: Refusal


@transaction.atomic
def ask(*, account: Account, until: datetime, case_reference: str, by: Account) -> HoldBack:
    """Ask a second person to keep looks at the account from its owner.

    Raises:
        NotHeldBackError: it would last too long, or is over.
    """
    now = timezone.now()
    refusal = rules.refusal_to_last(until, now=now)
    if refusal is not None:
        raise NotHeldBackError(refusal)
    row = HoldBack.objects.create(
        account=account,
        case_reference=case_reference,
        since=now,
        until=until,
        asked_by=by,
        asked_at=now,
    )
    _record(Event.HOLD_BACK_ASKED, row, by)
    return row


def agree(*, hold_back: HoldBack, by: Account) -> None:
    """Agree to it as the second person: from now on it is in force.

    Raises:
        NotHeldBackError: they asked themselves, have no role of the other kind, or came too late.
    """
    refusal = _agreed(hold_back, by)
    if refusal is not None:
        note_refused(hold_back=hold_back, by=by, refusal=refusal)
        raise NotHeldBackError(refusal)


@transaction.atomic
def refuse(*, hold_back: HoldBack, by: Account) -> None:
    """Refuse what was asked for, or take it back.

    Raises:
        NotHeldBackError: it waits no longer.
    """
    _end(hold_back, by, Event.HOLD_BACK_REFUSED, is_agreed=False)


@transaction.atomic
def end(*, hold_back: HoldBack, by: Account) -> None:
    """End it before its day: one person is enough for that.

    Raises:
        NotHeldBackError: it is in force no longer.
    """
    _end(hold_back, by, Event.HOLD_BACK_ENDED, is_agreed=True)


@transaction.atomic
def take_over(*, closed: Account, kept: Account, by: Actor) -> None:
    """Keep back from an owner what is kept back of another account of theirs."""
    for row in list(queries.listed().filter(account=closed)):
        row.account = kept
        row.save(update_fields=["account"])
        event = Event.HOLD_BACK_AGREED if row.agreed_at else Event.HOLD_BACK_ASKED
        record(event, by=by, about=_about(row, reason="joined"))


@transaction.atomic
def _agreed(hold_back: HoldBack, by: Account) -> Refusal | None:
    # The account first: of two renewals at once the later sees the earlier.
    Account.objects.select_for_update(no_key=True).get(pk=hold_back.account_id)
    row = queries.waiting().filter(pk=hold_back.pk).first()
    if row is None:
        return Refusal.NOT_WAITING
    refusal = rules.refusal_to_agree(
        _roles(row.asked_by_id), _roles(by.pk), is_same_person=row.asked_by_id == by.pk
    )
    if refusal is not None:
        return refusal
    before = queries.in_force().filter(account=row.account_id).order_by("since").first()
    # Renewed, what was kept back so far stays so.
    row.since = before.since if before else row.since
    row.agreed_by, row.agreed_at = by, timezone.now()
    row.save(update_fields=["since", "agreed_by", "agreed_at"])
    _record(Event.HOLD_BACK_AGREED, row, by)
    return None


@transaction.atomic
def note_refused(*, hold_back: HoldBack, by: Account, refusal: Refusal) -> None:
    """Record that somebody tried to agree who may not; it goes on waiting."""
    _record(Event.HOLD_BACK_REFUSED, hold_back, by, reason=refusal)


def _end(hold_back: HoldBack, by: Account, event: Event, *, is_agreed: bool) -> None:
    rows = queries.in_force() if is_agreed else queries.waiting()
    if not rows.filter(pk=hold_back.pk).update(ended_at=timezone.now()):
        raise NotHeldBackError(Refusal.NOT_WAITING)
    _record(event, hold_back, by)


def _roles(staff_id: UUID) -> set[str]:
    rows = StaffRole.objects.filter(account=staff_id, account__status=Account.Status.ACTIVE)
    return set(rows.values_list("role", flat=True))


def _record(event: Event, row: HoldBack, by: Account, *, reason: str = "") -> None:
    record(event, by=staff(by), about=_about(row, reason=reason))


def _about(row: HoldBack, *, reason: str = "") -> About:
    days = (row.until - row.asked_at).days
    return About(
        account_id=row.account_id,
        object_kind="hold_back",
        object_id=str(row.pk),
        reason=reason,
        detail={"days": days},
        case_reference=row.case_reference,
    )
