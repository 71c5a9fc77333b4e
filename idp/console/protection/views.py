"""Protecting an account, naming who may read its contacts, and ending it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import staff
from accounts.models import Account, Protection
from accounts.security.access import no_page
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly
from idp.console.helping.decorators import helping
from idp.console.helping.operations import about
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.protection import operations, queries
from idp.console.protection.forms import LeadForm, ProtectForm
from idp.console.protection.operations import NotChangedError
from idp.console.protection.wording import REFUSALS
from idp.models import HelpSession


@helping(Permission.PROTECT, Tier.UNCHECKED)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def protection(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Say whether the account is protected, and protect it or name one more lead."""
    account = help_session.account
    if account is None:
        raise Http404
    found = queries.in_force(account)
    if found is None:
        return _protecting(request, help_session, account)
    return _naming(request, help_session, found)


@no_page
@helping(Permission.PROTECT, Tier.UNCHECKED)
@freshly
@require_POST
def drop(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Stop naming a lead."""
    chosen = request.POST.get("drop", "")
    account = help_session.account
    found = queries.in_force(account) if account else None
    rows = queries.leads_of(found) if found else []
    lead = next((row.staff for row in rows if str(row.staff_id) == chosen), None)
    if account is not None and lead is not None:
        return _done_or_why(
            request,
            help_session,
            lambda: operations.drop_lead(
                account=account, lead=lead, by=staff(help_session.staff), about=about(help_session)
            ),
        )
    return _back(help_session)


@no_page
@helping(Permission.PROTECT, Tier.UNCHECKED)
@freshly
@require_POST
def lift(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """End the protection."""
    account = help_session.account
    if account is None:
        return _back(help_session)
    return _done_or_why(
        request,
        help_session,
        lambda: operations.lift(
            account=account, by=staff(help_session.staff), about=about(help_session)
        ),
    )


def _protecting(
    request: BoroughRequest, help_session: HelpSession, account: Account
) -> HttpResponse:
    is_post = request.method == "POST"
    form = refill(request, ProtectForm(request.POST if is_post else None))
    if is_post and form.is_valid():
        day = form.cleaned_data["until"]
        return _done_or_why(
            request,
            help_session,
            lambda: operations.protect(
                account=account,
                lead=help_session.staff,
                until=_end_of(day) if day else None,
                by=staff(help_session.staff),
                about=about(help_session),
            ),
        )
    template = "idp/console/protection/protect.html"
    return show(request, help_session, template, {"form": form})


def _naming(
    request: BoroughRequest, help_session: HelpSession, found: Protection, why: str = ""
) -> HttpResponse:
    named = [row.staff for row in queries.leads_of(found)]
    others = [lead for lead in queries.support_leads() if lead not in named]
    is_post = request.method == "POST" and not why
    form = refill(request, LeadForm(request.POST if is_post else None, leads=others))
    if is_post and form.is_valid():
        lead = next(lead for lead in others if str(lead.pk) == form.cleaned_data["lead"])
        try:
            operations.name_lead(
                account=found.account,
                lead=lead,
                by=staff(help_session.staff),
                about=about(help_session),
            )
        except NotChangedError as error:
            why = str(REFUSALS[error.refusal])
        else:
            return _back(help_session)
    words = {
        "form": form,
        "protection": found,
        "named": named,
        "others": others,
        "is_named": help_session.staff in named,
        "why": why,
    }
    status = 403 if why else 200
    return show(request, help_session, "idp/console/protection/named.html", words, status=status)


def _done_or_why(
    request: BoroughRequest, help_session: HelpSession, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
    except NotChangedError as error:
        found = queries.in_force(help_session.account) if help_session.account else None
        if found is None:
            return _back(help_session)
        return _naming(request, help_session, found, str(REFUSALS[error.refusal]))
    return _back(help_session)


def _back(help_session: HelpSession) -> HttpResponse:
    return HttpResponseRedirect(reverse("console:protection", args=[help_session.pk]), status=303)


def _end_of(day: date) -> datetime:
    # By the clock on the wall, whatever the night does to it.
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
