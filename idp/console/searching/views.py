"""Looking for a person by name."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission, Role
from accounts.staffing.decorators import staff_may
from idp.console.fishing import counting
from idp.console.helping.decorators import helping
from idp.console.helping.operations import Asked, NotOpenedError
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.queries import standing_of
from idp.console.searching import operations, queries
from idp.console.searching.forms import GroundForm, SearchForm
from idp.console.searching.operations import NotOpenError
from idp.console.searching.rules import MOST_SHOWN
from idp.console.searching.wording import REFUSALS
from idp.models import HelpSession, NameSearch


@staff_may(Permission.SEARCH_NAMES)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: BoroughRequest) -> HttpResponse:
    """Ask what lets staff look by name, and begin a help session."""
    session = session_of(request)
    is_lead = Role.SUPPORT_LEAD in standing_of(session.account).roles
    form = refill(request, GroundForm(request.POST or None, is_lead=is_lead))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        ground = NameSearch.Ground(given.pop("ground"))
        try:
            row = operations.begin(signed_in=session, asked=Asked(**given), ground=ground)
        except NotOpenError as error:
            form.add_error("ground", str(REFUSALS[error.refusal]))
        else:
            return HttpResponseRedirect(reverse("console:search", args=[row.pk]), status=303)
    words = {"form": form, "back_url": reverse("console:help")}
    return render(request, "idp/console/searching/begin.html", words)


@helping(Permission.SEARCH_NAMES, Tier.UNCHECKED)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Ask for the name, look for it, and show who has it."""
    name_search = _open(help_session)
    form = SearchForm(request.POST or None)
    words: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        name, born = form.looked_for
        number = operations.search(name_search=name_search, words=name, born=born)
        if number > MOST_SHOWN:
            form.add_error("name", _("Too many people are called so: add more of what you know"))
        else:
            words["is_searched"] = True
            words["found"] = queries.shown(name_search.found)
    return show(request, help_session, "idp/console/searching/search.html", words)


@no_page
@helping(Permission.SEARCH_NAMES, Tier.UNCHECKED)
@require_POST
def choose(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Go on with one of those who were found."""
    name_search = _open(help_session)
    try:
        row = operations.choose(name_search=name_search, typed=request.POST.get("account", ""))
    except NotOpenedError:
        row = None
    if row is not None:
        counting.opened(help_session=row)
    page = "console:helping" if row is not None else "console:search"
    return HttpResponseRedirect(reverse(page, args=[help_session.pk]), status=303)


def _open(help_session: HelpSession) -> NameSearch:
    """Return what lets this help session search, as long as it is about nobody."""
    found = NameSearch.objects.filter(pk=help_session.pk).select_related("help_session__staff")
    row = found.first()
    if row is None or help_session.account_id is not None:
        raise Http404
    return row
