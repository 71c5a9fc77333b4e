"""The page on which staff type what else a caller tells them."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from idp.console.fishing import counting
from idp.console.helping.decorators import helping
from idp.console.helping.looking import find_counted
from idp.console.helping.operations import NotOpenedError
from idp.console.helping.page import show
from idp.console.helping.rules import Refusal, Tier
from idp.console.helping.wording import REFUSALS
from idp.console.telling_more import operations
from idp.console.telling_more.forms import MoreForm
from idp.console.telling_more.operations import AboutAnotherError
from idp.models import HelpSession


@helping(Permission.HELP, Tier.UNCHECKED)
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Ask for another code or for whom it is about, and go back to why they are stuck."""
    form = MoreForm(request.POST) if request.method == "POST" else refill(request, MoreForm())
    case_page = reverse("console:helping", args=[help_session.pk])
    if request.method == "POST" and form.is_valid() and _is_added(request, help_session, form):
        return HttpResponseRedirect(case_page, status=303)
    words = {"form": form, "back_url": case_page}
    return show(request, help_session, "idp/console/telling_more/more.html", words)


def _is_added(request: BoroughRequest, help_session: HelpSession, form: MoreForm) -> bool:
    """Add what was typed; else say at the field why it is not."""
    found = find_counted(form.cleaned_data["typed"], by=session_of(request).account)
    if found.is_nothing:
        form.add_error("typed", str(REFUSALS[Refusal.UNKNOWN_CODE]))
        return False
    is_new = help_session.account_id is None
    try:
        row = operations.add(help_session=help_session, found=found)
    except AboutAnotherError:
        form.add_error("typed", str(MoreForm.ANOTHER))
        return False
    except NotOpenedError as error:
        form.add_error("typed", str(REFUSALS[error.refusal]))
        return False
    if is_new:
        counting.opened(help_session=row)
    return True
