"""Finds start codes."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Account, PendingSignIn, StartCode
from accounts.security import keyed_hash
from accounts.start_codes import rules
from accounts.start_codes.rules import Facts, Standing

PURPOSE = "start_code"


def typed(text: str) -> StartCode | None:
    """Return the good code that somebody typed; None for one that is wrong, spent or too old."""
    code = rules.as_code(text)
    # Asked also for what can be no code: each answer takes the same steps.
    rows = StartCode.objects.filter(code_hash__in=keyed_hash.candidates(PURPOSE, code))
    row = rows.first()
    return row if row is not None and standing(row) is Standing.WAITING else None


def of_flow(flow: PendingSignIn) -> StartCode | None:
    """Return the good code that was typed on the way to this sign-up, if one was."""
    rows = StartCode.objects.filter(flow=flow, used_at=None).order_by("-made_at")
    return next((row for row in rows if standing(row) is Standing.WAITING), None)


def locked_of_flow(flow: PendingSignIn) -> StartCode | None:
    """Return the same, its row held until the transaction ends."""
    found = of_flow(flow)
    if found is None:
        return None
    row = _locked(StartCode.objects.filter(pk=found.pk, flow=flow)).first()
    return row if row is not None and standing(row) is Standing.WAITING else None


def locked(row: StartCode) -> StartCode | None:
    """Return the code if it is still good, its row held until the transaction ends."""
    fresh = _locked(StartCode.objects.filter(pk=row.pk)).first()
    return fresh if fresh is not None and standing(fresh) is Standing.WAITING else None


def standing(row: StartCode) -> Standing:
    """Return how a code stands now."""
    facts = Facts(
        expires_at=row.expires_at,
        is_used=row.used_at is not None,
        is_cancelled=row.cancelled_at is not None,
        tries=row.tries,
    )
    return rules.standing(facts, now=timezone.now())


def last_day(row: StartCode) -> date:
    """Return the last day on which the code works, as its sheet names it."""
    return timezone.localdate(row.expires_at) - timedelta(days=1)


def made_by(account: Account) -> QuerySet[StartCode]:
    """Return the codes that somebody of the staff made, the newest first."""
    return StartCode.objects.filter(made_by=account).order_by("-made_at", "pk")


def of_case(case_reference: str) -> QuerySet[StartCode]:
    """Return the codes of one case, given whole, whoever made them, the newest first."""
    return StartCode.objects.filter(case_reference=case_reference).order_by("-made_at", "pk")


def one(number: UUID) -> StartCode | None:
    """Return the code of this number."""
    return StartCode.objects.select_related("made_by").filter(pk=number).first()


def _locked(rows: QuerySet[StartCode]) -> QuerySet[StartCode]:
    return rows.select_for_update(of=("self",), no_key=True).select_related("made_by")
