"""The queue of what waits for a second person, and one's own requests."""

from typing import Final
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Account
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from idp.console.helping.rules import Tier
from idp.console.helping.wording import CHANNELS, KNOWN, OTHERS, TIERS
from idp.console.protection.masking import masked_email
from idp.console.protection.queries import may_see_contacts
from idp.console.requests import operations, queries
from idp.console.requests.forms import DecideForm
from idp.console.requests.operations import NotDecidedError
from idp.console.requests.rules import Reason
from idp.console.requests.wording import (
    APPEAL_CHOICES,
    EVIDENCE,
    GROUNDS,
    OF_TWO,
    OUTCOMES,
    REFUSALS,
    RESET_CHOICES,
)
from idp.models import StaffRequest

_CHOICES: Final = {
    StaffRequest.Act.RESET_WAYS: RESET_CHOICES,
    StaffRequest.Act.APPEAL: APPEAL_CHOICES,
    StaffRequest.Act.CHANGE_EMAIL: RESET_CHOICES,
}
_MOST: Final = 50


@staff_may(Permission.DECIDE)
@require_safe
def queue(request: BoroughRequest) -> HttpResponse:
    """Show what waits for a second person, the oldest first, and what is overdue."""
    found = queries.queue_for(session_of(request).account)
    words = {
        "rows": [
            {"queued": one, "name": _name(one.row), "why": REFUSALS[one.refusal]}
            if one.refusal
            else {"queued": one, "name": _name(one.row), "why": ""}
            for one in found
        ],
        "overdue": sum(one.is_overdue for one in found),
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/requests/queue.html", words)


@staff_may(Permission.HELP)
@require_safe
def mine(request: BoroughRequest) -> HttpResponse:
    """Show what somebody asked for, and what became of it."""
    rows = queries.asked_by(session_of(request).account)[:_MOST]
    words = {
        "rows": [
            {
                "row": row,
                "name": _name(row),
                "outcome": OUTCOMES[queries.outcome_of(row)],
                "waits": not queries.outcome_of(row),
                "lapsed": queries.outcome_of(row) == StaffRequest.Outcome.LAPSED,
            }
            for row in rows
        ],
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/requests/mine.html", words)


@no_page
@staff_may(Permission.HELP)
@require_POST
def withdraw(request: BoroughRequest, request_id: UUID) -> HttpResponse:
    """Take back what one asked for."""
    own = queries.asked_by(session_of(request).account)
    operations.withdraw(request=get_object_or_404(own, pk=request_id))
    return HttpResponseRedirect(reverse("console:my_requests"), status=303)


@staff_may(Permission.DECIDE)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: BoroughRequest, request_id: UUID) -> HttpResponse:
    """Show what somebody asks for and how surely they know the person, and take the answer."""
    row = get_object_or_404(
        StaffRequest.objects.select_related("account", "asked_by__staff_member"), pk=request_id
    )
    account = session_of(request).account
    if request.method != "POST":
        refusal = queries.refusal_of(row, account)
        why = str(REFUSALS[refusal]) if refusal else ""
        return _deciding(request, row, refill(request, _form(row)), why)
    form = DecideForm(request.POST, reasons=_CHOICES[StaffRequest.Act(row.act)])
    if not form.is_valid():
        return _deciding(request, row, form)
    try:
        reason = Reason(form.cleaned_data["reason"])
        operations.decide(request=row, reason=reason, by=account)
    except NotDecidedError as error:
        return _deciding(request, row, _form(row), str(REFUSALS[error.refusal]), status=409)
    return HttpResponseRedirect(reverse("console:requests"), status=303)


def _form(row: StaffRequest) -> DecideForm:
    return DecideForm(reasons=_CHOICES[StaffRequest.Act(row.act)])


def _deciding(
    request: BoroughRequest,
    row: StaffRequest,
    form: DecideForm,
    why: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    reader = session_of(request).account
    words = {
        "row": row,
        "form": form,
        "terms": OF_TWO[row.act],
        "tier_words": TIERS[Tier(row.tier)],
        "known_words": KNOWN.get(row.known_by, ""),
        "others_words": [OTHERS[one] for one in row.others],
        "channel_words": CHANNELS.get(row.channel, ""),
        **_addresses(row, reader),
        "evidence": [EVIDENCE[kind] for kind in row.evidence],
        "why": why,
        "back_url": reverse("console:requests"),
        **_suspension(row),
    }
    return render(request, "idp/console/requests/decide.html", words, status=status)


def _addresses(row: StaffRequest, reader: Account) -> dict[str, str]:
    """Return the main address now, masked, and the new one; of a protected account neither."""
    if not row.new_address or not may_see_contacts(reader, row.account):
        return {}
    old = row.account.email_addresses.filter(is_primary=True).first()
    return {
        "old_address": masked_email(old.address) if old else "",
        "new_address": row.new_address,
    }


def _suspension(row: StaffRequest) -> dict[str, object]:
    if row.act != StaffRequest.Act.APPEAL:
        return {}
    found = queries.suspension_of(row.account)
    return {"suspended": found, "ground": GROUNDS.get(found.ground, "") if found else ""}


def _name(row: StaffRequest) -> object:
    return OF_TWO[row.act].name
