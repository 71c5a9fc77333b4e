"""`manage.py account reviews`: what waits for staff to look into who is who."""

from typing import Final

from django.db.models import Exists, OuterRef

from accounts.management.operator_command import Options, Outcome, Row, Verb, argument, count
from accounts.models import EmailChange, Freeze, RecoveryRequest


def _listed(options: Options) -> Outcome:
    rows = [*map(_of_change, _disputed()), *map(_of_recovery, _stopped())]
    return Outcome(sorted(rows, key=lambda row: str(row["since"]))[: options["limit"]])


def _disputed() -> list[EmailChange]:
    """Return the changes that an old address objected to, until the account was unfrozen since."""
    later = Freeze.objects.filter(account=OuterRef("account"), ended_at__gt=OuterRef("disputed_at"))
    changes = EmailChange.objects.select_related("account").filter(disputed_at__isnull=False)
    return list(changes.exclude(account__status="closed").exclude(Exists(later)))


def _stopped() -> list[RecoveryRequest]:
    state = RecoveryRequest.State.PAUSED
    return list(RecoveryRequest.objects.select_related("account").filter(state=state))


def _of_change(change: EmailChange) -> Row:
    return {
        "review": "email_change",
        "account": change.account_id,
        "status": change.account.status,
        "since": change.disputed_at,
        "about": f"{change.kind} of {change.done_at:%Y-%m-%d %H:%M} UTC" if change.done_at else "",
        "help": "account unfreeze, once its owner was seen",
    }


def _of_recovery(request: RecoveryRequest) -> Row:
    return {
        "review": "recovery",
        "account": request.account_id,
        "status": request.account.status,
        "since": request.paused_at,
        "about": f"{request.rung} of {request.started_at:%Y-%m-%d %H:%M} UTC",
        "help": "account recovery-resume, recovery-code or recovery-cancel",
    }


VERBS: Final = (
    Verb(
        "reviews",
        "List what waits for staff to see who is who, oldest first.",
        _listed,
        (argument("--limit", type=count, default=100, metavar="N", help="default: 100"),),
    ),
)
