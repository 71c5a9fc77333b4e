"""Who else is on the call, and ringing the owner back on their own phone."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.names.phone_numbers import spoken
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from idp.console.helping.decorators import helping
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.knowing import operations, queries
from idp.console.knowing.forms import OthersForm
from idp.console.knowing.wording import NO_PHONE
from idp.console.protection.queries import may_see_contacts
from idp.models import HelpSession


@helping(Permission.HELP, Tier.UNCHECKED)
@require_http_methods(["GET", "HEAD", "POST"])
def others(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Ask who else is there now, and note it."""
    if request.method != "POST":
        form = refill(request, OthersForm(initial={"others": help_session.others}))
        return _who(request, help_session, form)
    form = OthersForm(request.POST)
    if not form.is_valid():
        return _who(request, help_session, form)
    operations.set_others(help_session=help_session, others=form.cleaned_data["others"])
    return HttpResponseRedirect(_home(help_session), status=303)


@helping(Permission.HELP, Tier.MAILBOX)
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Show the number to ring back on, whole once the owner is known, and note that it was rung."""
    number = queries.phone_of(help_session)
    # Of a protected account the number is for its named leads.
    account = help_session.account
    may_see = account is not None and may_see_contacts(help_session.staff, account)
    is_known = help_session.tier >= Tier.OWNER and may_see
    if (
        request.method == "POST"
        and is_known
        and operations.note_call_back(help_session=help_session)
    ):
        return HttpResponseRedirect(_home(help_session), status=303)
    if number is not None:
        operations.note_number_seen(help_session=help_session, is_whole=is_known)
    words = {
        "number": _written(number, is_known=is_known),
        "may_ring": is_known and number is not None,
        "no_phone": NO_PHONE,
        "back_url": _home(help_session),
    }
    return show(request, help_session, "idp/console/knowing/call_back.html", words)


def _written(number: str | None, *, is_known: bool) -> str:
    if number is None:
        return ""
    return spoken(number) if is_known else queries.masked(number)


def _who(request: BoroughRequest, help_session: HelpSession, form: OthersForm) -> HttpResponse:
    words = {"form": form, "back_url": _home(help_session)}
    return show(request, help_session, "idp/console/knowing/others.html", words)


def _home(help_session: HelpSession) -> str:
    return reverse("console:helping", args=[help_session.pk])
