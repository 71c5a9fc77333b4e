"""The service owner opens to residents, or sees what keeps them from it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.council.queries import last_turn, opens
from accounts.models import Account
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from idp.console.council.opening import operations, queries, rules
from idp.console.council.opening.forms import DayForm
from idp.console.council.opening.operations import NotReadyError
from idp.console.council.opening.wording import LACKS, STILL_MISSING
from idp.console.council.wording import LABELS, SOMEBODY


@staff_may(Permission.SET_UP)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: BoroughRequest) -> HttpResponse:
    """Show whether residents may create accounts and what is missing; turn the switch."""
    act, account = request.POST.get("act", ""), session_of(request).account
    form = refill(request, DayForm(request.POST if act == "announce" else None))
    refused = False
    if request.method == "POST":
        try:
            if _done(act, form, account):
                return HttpResponseRedirect(reverse("console:council:opening"), status=303)
        except NotReadyError:
            refused = True
    return _page(request, form, refused=refused)


def _done(act: str, form: DayForm, account: Account) -> bool:
    if act == "open":
        operations.open_up(by=account)
    elif act == "close":
        operations.close(by=account)
    elif act == "announce" and form.is_valid():
        operations.announce(day=form.cleaned_data["day"], by=account)
    else:
        return False
    return True


def _page(request: BoroughRequest, form: DayForm, *, refused: bool) -> HttpResponse:
    turned = last_turn()
    words = {
        "form": form,
        "is_open": opens(turned),
        "turned": turned,
        "who": turned.turned_by.full_name if turned and turned.turned_by else SOMEBODY,
        "lacks": [LACKS[one] for one in rules.missing(queries.facts())],
        "placeholders": [LABELS[one] for one in queries.placeholders()],
        "refused": STILL_MISSING if refused else "",
        "back_url": reverse("console:council:overview"),
    }
    return render(request, "idp/console/council/opening/opening.html", words)
