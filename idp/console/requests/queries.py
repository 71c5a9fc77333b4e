"""Reads requests for a second person, each as it is now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit.actor import ActorKind
from accounts.audit.events import Event
from accounts.models import Account, AuditEvent, RecoveryRequest
from accounts.recovery import queries as recoveries
from accounts.recovery.rules import Rung, refusal_by_status
from accounts.staff import Permission
from accounts.staffing.queries import permissions_of
from clients.approval.people import same_person
from idp.console.helping import finding
from idp.console.helping.queries import why_not_look
from idp.console.helping.rules import Whose
from idp.console.knowing.queries import may_ask_second_person
from idp.console.requests import addresses
from idp.console.requests.rules import Decider, Refusal, Waiting, refusal_to_decide, why_over
from idp.models import HelpSession, StaffRequest


@dataclass(frozen=True)
class Queued:
    """A request in the queue; `refusal`: why whoever reads may not decide it."""

    row: StaffRequest
    is_overdue: bool
    refusal: Refusal | None


@dataclass(frozen=True)
class Suspended:
    """When an account was suspended (aware), and why; empty where a command did it."""

    at: datetime
    ground: str
    case_reference: str


def queue_for(account: Account) -> list[Queued]:
    """Return what waits for a second person, the oldest first, as it stands to this one."""
    now = timezone.now()
    rows = open_ones(now).select_related("asked_by__staff_member", "account")
    return [
        Queued(row, row.due_at <= now, refusal_of(row, account))
        for row in rows.order_by("asked_at", "pk")
        if why_over(waiting_of(row)) is None
    ]


def asked_by(account: Account) -> QuerySet[StaffRequest]:
    """Return what somebody of the staff asked for, the newest first."""
    return StaffRequest.objects.filter(asked_by=account).order_by("-asked_at", "pk")


def open_ones(now: datetime) -> QuerySet[StaffRequest]:
    """Return the requests that nobody has decided and whose time is not over."""
    return StaffRequest.objects.filter(outcome="", expires_at__gt=now)


def agreed_wait(account: Account) -> RecoveryRequest | None:
    """Return the wait that an agreed reset began, if it is not over."""
    found = recoveries.latest_of(account)
    rows = StaffRequest.objects.filter(outcome=StaffRequest.Outcome.AGREED, recovery=found)
    return found if found is not None and rows.exists() else None


def waiting_of(row: StaffRequest) -> Waiting:
    """Return what decides whether anybody can decide the request now."""
    asker = row.asked_by
    return Waiting(
        is_decided=bool(row.outcome),
        is_expired=timezone.now() >= row.expires_at,
        is_asker_at_work=asker.is_active and Permission.HELP in permissions_of(asker),
        may_asker_look=why_not_look(row.account, by=asker) is None,
    )


def refusal_to_ask(
    act: StaffRequest.Act, help_session: HelpSession, account: Account
) -> Refusal | None:
    """Return why whoever helps may not ask for a second person now, whatever they would type."""
    if not may_ask_second_person(help_session):
        return Refusal.OTHERS_THERE
    if act == StaffRequest.Act.APPEAL and account.status != Account.Status.SUSPENDED:
        return Refusal.NOT_SUSPENDED
    if act == StaffRequest.Act.RESET_WAYS and not _may_be_reset(account):
        return Refusal.NOT_ACTIVE
    if act == StaffRequest.Act.CHANGE_EMAIL:
        refusal = addresses.refusal_to_any(account, by=help_session.staff)
        if refusal is not None:
            return refusal
    before = undecided(account, act)
    is_waiting = before is not None and why_over(waiting_of(before)) is None
    return Refusal.ASKED_ALREADY if is_waiting else None


def _may_be_reset(account: Account) -> bool:
    return refusal_by_status(Rung.COUNTER, recoveries.status_of(account)) is None


def undecided(account: Account, act: StaffRequest.Act) -> StaffRequest | None:
    """Return what nobody has decided of this kind, also where its time is over."""
    return StaffRequest.objects.filter(account=account, act=act, outcome="").first()


def outcome_of(row: StaffRequest) -> str:
    """Return what became of the request; one whose time is over has lapsed, whoever noted it."""
    is_over = timezone.now() >= row.expires_at
    return StaffRequest.Outcome.LAPSED if is_over and not row.outcome else row.outcome


def refusal_of(row: StaffRequest, account: Account) -> Refusal | None:
    """Return why this person may not decide the request."""
    same = set(same_person(account).values_list("pk", flat=True))
    decider = Decider(
        is_asker=row.asked_by_id == account.pk,
        # Also by an account that both may have.
        may_be_asker=same_person(row.asked_by).filter(pk__in=same).exists(),
        is_owner=finding.whose(row.account, staff=account) is Whose.THEIR_OWN
        or row.account_id in same,
        did_it=row.act == StaffRequest.Act.APPEAL and _suspended(row.account, same | {account.pk}),
    )
    return refusal_to_decide(waiting_of(row), decider)


def suspension_of(account: Account) -> Suspended | None:
    """Return when and why the account was last suspended, as far as the audit log goes back."""
    last = _last_suspension(account)
    if last is None:
        return None
    rows = AuditEvent.objects.filter(account_id=account.pk, event=Event.STAFF_ACT_DONE)
    done = rows.filter(pk__gt=last.pk, detail__act="suspend").order_by("pk").first()
    ground, case = (done.reason, done.case_reference) if done is not None else ("", "")
    return Suspended(last.at, ground, case)


def _last_suspension(account: Account) -> AuditEvent | None:
    rows = AuditEvent.objects.filter(account_id=account.pk, event=Event.ACCOUNT_SUSPENDED)
    return rows.order_by("-pk").first()


def _suspended(account: Account, staff: set[object]) -> bool:
    last = _last_suspension(account)
    return (
        last is not None
        and last.actor_kind == ActorKind.STAFF
        and last.actor_id in {str(one) for one in staff}
    )
