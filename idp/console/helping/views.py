"""Beginning and ending to help somebody."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import staff_may
from idp.console.fishing import counting
from idp.console.helping import operations
from idp.console.helping.decorators import helping
from idp.console.helping.forms import BeginForm
from idp.console.helping.looking import find_counted
from idp.console.helping.operations import Asked, NotOpenedError
from idp.console.helping.queries import open_case
from idp.console.helping.rules import Refusal, Tier
from idp.console.helping.wording import REFUSALS
from idp.models import HelpSession


@staff_may(Permission.HELP)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: BoroughRequest) -> HttpResponse:
    """Ask what the person gave and why staff look, and begin a help session."""
    if request.method != "POST":
        return _asking(request, refill(request, BeginForm()))
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _asking(request, form)
    found = find_counted(form.cleaned_data["typed"], by=session_of(request).account)
    if found.is_nothing:
        form.add_error("typed", str(REFUSALS[Refusal.UNKNOWN_CODE]))
        return _asking(request, form)
    try:
        row = operations.begin(
            signed_in=session_of(request), asked=_asked(form.cleaned_data), found=found
        )
    except NotOpenedError as error:
        form.add_error("typed", str(REFUSALS[error.refusal]))
        return _asking(request, form)
    counting.opened(help_session=row)
    return HttpResponseRedirect(reverse("console:helping", args=[row.pk]), status=303)


@no_page
@helping(Permission.HELP, Tier.UNCHECKED)
@require_POST
def end(_request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """End the help session and go back to where staff begin."""
    operations.end(help_session=help_session)
    return redirect("console:home")


def _asked(given: dict[str, object]) -> Asked:
    return Asked(**{name: value for name, value in given.items() if name != "typed"})  # type: ignore[arg-type]


def _asking(request: BoroughRequest, form: BeginForm) -> HttpResponse:
    words = {
        "form": form,
        "back_url": reverse("console:home"),
        "open_case": open_case(session_of(request)),
    }
    return render(request, "idp/console/helping/begin.html", words)
