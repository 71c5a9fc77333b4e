"""Noting a death, and undoing it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import staff
from accounts.models import Account, DeathNote
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly
from accounts.suspension.deaths import operations as deaths
from accounts.suspension.deaths import queries
from accounts.suspension.deaths.operations import NotNotedError
from idp.console.deaths import operations
from idp.console.deaths.forms import DeathForm
from idp.console.deaths.wording import EVIDENCE
from idp.console.helping.counter import seen_at_counter
from idp.console.helping.decorators import helping
from idp.console.helping.operations import about
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.models import HelpSession


# It is never the owner who tells of it.
@helping(Permission.HELP, Tier.UNCHECKED)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def death(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Ask how we know of it, and hold the account."""
    account = _account(help_session)
    form = refill(request, DeathForm(request.POST if request.method == "POST" else None))
    if request.method == "POST" and form.is_valid():
        evidence = DeathNote.Evidence(form.cleaned_data["evidence"])
        try:
            operations.note(help_session=help_session, account=account, evidence=evidence)
        except NotNotedError:
            form.add_error(None, _("The account is closed: nothing is sent, and nobody gets in"))
        else:
            return _back(help_session)
    found = queries.in_force(account)
    words = {
        "form": form,
        "note": found,
        "evidence": EVIDENCE[found.evidence] if found else "",
        "asks": found is None or found.lapses_at is not None,
    }
    return show(request, help_session, "idp/console/deaths/death.html", words)


@helping(Permission.HELP, Tier.OWNER)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Give the account back to its owner, who stands at the counter."""
    seen_at_counter(help_session)
    return _undoing(request, help_session, "owner_at_counter")


@helping(Permission.DECIDE, Tier.UNCHECKED)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def undo_by_lead(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Undo it by a support lead's decision, as where the wrong account was held."""
    return _undoing(request, help_session, "support_lead")


def _undoing(request: BoroughRequest, help_session: HelpSession, reason: str) -> HttpResponse:
    account = _account(help_session)
    found = queries.in_force(account)
    if found is None:
        return _back(help_session)
    if request.method == "POST":
        deaths.undo(
            account=account, reason=reason, by=staff(help_session.staff), about=about(help_session)
        )
        return _back(help_session)
    words = {"note": found, "is_at_counter": reason == "owner_at_counter"}
    return show(request, help_session, "idp/console/deaths/undo.html", words)


def _account(help_session: HelpSession) -> Account:
    if help_session.account is None:
        raise Http404
    return help_session.account


def _back(help_session: HelpSession) -> HttpResponse:
    return HttpResponseRedirect(reverse("console:death", args=[help_session.pk]), status=303)
