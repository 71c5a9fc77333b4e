"""Making start codes, ending them, and adding to an account what one carries."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, PendingSignIn, StartCode
from accounts.security import keyed_hash
from accounts.security.tokens import readable_code
from accounts.start_codes import queries, rules

_KIND = "start_code"


class AlreadyMadeError(Exception):
    """This form has made its sheet; nothing was written."""


class NotGoodError(Exception):
    """The code is used, void or too old, or it is not this person's; nothing was written."""


@dataclass(frozen=True)
class Papers:
    """Of whom somebody of the staff saw papers, and which kind; empty where none were shown."""

    evidence: str = ""
    full_name: str = ""
    date_of_birth: date | None = None


@dataclass(frozen=True)
class Asked:
    """Why a sheet is printed, under which case, in whose presence, for whom if papers were shown.

    `asked_as` numbers the form: sent twice, it makes one sheet.
    """

    asked_as: UUID
    role: str
    reason: str
    case_reference: str
    others: int
    papers: Papers


@dataclass(frozen=True)
class Printed:
    """A code in clear, for one answer alone, and its row."""

    code: str
    row: StartCode


@transaction.atomic
def make(*, asked: Asked, by: Account) -> Printed:
    """Make a code for one sheet.

    Raises:
        AlreadyMadeError: the form was sent before.
    """
    row = StartCode(
        made_by=by,
        role=asked.role,
        asked_as=asked.asked_as,
        case_reference=asked.case_reference or f"BL-{readable_code()}",
        evidence=asked.papers.evidence,
        full_name=asked.papers.full_name,
        date_of_birth=asked.papers.date_of_birth,
        expires_at=_end(),
    )
    printed = _printed(row)
    about = _about(row, asked.reason, role=row.role, others=asked.others, papers=row.evidence)
    record(Event.START_CODE_MADE, by=staff(by), about=about)
    return printed


@transaction.atomic
def make_again(*, row: StartCode, asked_as: UUID, by: Account) -> Printed:
    """Make a code in the place of one that still waits, which is void from now on.

    Raises:
        AlreadyMadeError: the form was sent before.
        NotGoodError: it does not wait any more.
    """
    if StartCode.objects.filter(asked_as=asked_as).exists():
        raise AlreadyMadeError
    papers = _cancelled(row)
    again = StartCode(
        made_by=row.made_by,
        role=row.role,
        asked_as=asked_as,
        case_reference=row.case_reference,
        evidence=papers.evidence,
        full_name=papers.full_name,
        date_of_birth=papers.date_of_birth,
        expires_at=_end(),
    )
    printed = _printed(again)
    record(Event.START_CODE_CANCELLED, by=staff(by), about=_about(row, "replaced"))
    about = _about(again, "again", role=row.role, papers=again.evidence)
    record(Event.START_CODE_MADE, by=staff(by), about=about)
    return printed


@transaction.atomic
def cancel(*, row: StartCode, by: Account) -> None:
    """End a code that still waits.

    Raises:
        NotGoodError: it does not wait any more.
    """
    _cancelled(row)
    record(Event.START_CODE_CANCELLED, by=staff(by), about=_about(row, "cancelled"))


def claim(*, row: StartCode, flow: PendingSignIn) -> bool:
    """Have the code go with this sign-up and no other; say whether it is still good."""
    rows = StartCode.objects.filter(
        pk=row.pk,
        used_at=None,
        cancelled_at=None,
        expires_at__gt=timezone.now(),
        tries__lt=rules.TRIES,
    )
    return bool(rows.update(flow=flow))


def move(*, old: PendingSignIn, new: PendingSignIn) -> None:
    """Have the code go on with the sign-up that takes the place of one that stood open too long."""
    StartCode.objects.filter(flow=old, used_at=None).update(flow=new)


def is_birthday(*, row: StartCode, born: date) -> bool:
    """Say whether the person of the papers was born then, and count the try if not.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    # In one statement: of guesses that come together each has its own try.
    rows = StartCode.objects.filter(pk=row.pk, tries__lt=rules.TRIES)
    if not rows.update(tries=F("tries") + 1) or row.date_of_birth != born:
        return False
    StartCode.objects.filter(pk=row.pk).update(tries=F("tries") - 1)
    return True


def refuse(*, by: Account, reason: rules.Refusal) -> None:
    """Record that a start code was typed where one of the staff is signed in."""
    record(Event.START_CODE_REFUSED, by=staff(by), about=About(reason=reason, object_kind=_KIND))


def fill(*, row: StartCode, account: Account, born: date | None) -> None:
    """Give an account that is about to be made what the staff saw on papers; they saw it then.

    Raises:
        NotGoodError: it is not the date of birth that stood there.
    """
    if not row.evidence:
        return
    if born is None or row.date_of_birth != born:
        raise NotGoodError
    account.full_name, account.full_name_checked_at = row.full_name, row.made_at
    account.date_of_birth, account.date_of_birth_checked_at = born, row.made_at


@transaction.atomic
def use_up(*, row: StartCode, account: Account) -> None:
    """Spend the code on the account that was made, in whose history whoever printed it stands."""
    evidence = row.evidence
    _end_now(row, "used_at")
    about = _about(row, evidence, role=row.role, account=account)
    # By whom the account was begun: the owner's history and the audit log name the staff member.
    record(Event.START_CODE_USED, by=staff(row.made_by), about=about)


def _printed(row: StartCode) -> Printed:
    code = readable_code(rules.LENGTH)
    row.code_hash = keyed_hash.digest(queries.PURPOSE, code)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # the form's number is unique, also between two at once
        raise AlreadyMadeError from error
    return Printed(rules.shown(code), row)


def _cancelled(row: StartCode) -> Papers:
    fresh = queries.locked(row)
    if fresh is None:
        raise NotGoodError
    papers = Papers(fresh.evidence, fresh.full_name, fresh.date_of_birth)
    _end_now(fresh, "cancelled_at")
    return papers


def _end_now(row: StartCode, column: str) -> None:
    setattr(row, column, timezone.now())
    # From here on nobody needs to know whom the papers named.
    row.full_name, row.date_of_birth, row.flow = "", None, None
    row.save(update_fields=[column, "full_name", "date_of_birth", "flow"])


def _end() -> datetime:
    """Return the end of the last day, which the sheet names without an hour."""
    last = timezone.localdate() + rules.LASTS
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))


def _about(
    row: StartCode, reason: str, *, account: Account | None = None, **detail: str | int
) -> About:
    return About(
        reason=reason,
        account_id=account.pk if account else None,
        object_kind=_KIND,
        object_id=str(row.pk),
        detail=dict(detail),
        case_reference=row.case_reference,
    )
