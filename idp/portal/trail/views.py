"""The request trail of an application, one entry of it, and what a page asks while it is open."""

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.security.access import no_page
from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.models import Application, Member
from clients.organisations.members.operations import keep_out_of_application
from clients.organisations.members.rules import Permission
from idp.models import RequestTrail
from idp.portal.trail import page, queries, rules
from idp.portal.trail.forms import FilterForm, HelpCodeForm
from idp.portal.trail.places import place_of

# What PostgreSQL takes for a row's number.
_HIGHEST = 2**63 - 1


@application_may(Permission.SEE)
@require_safe
def requests(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show what the application asked, newest first, and find an entry by its help code."""
    search = HelpCodeForm(request.GET if "help_code" in request.GET else None)
    if search.is_bound and search.is_valid():
        found = queries.by_help_code(application, search.cleaned_data["help_code"])
        if found is not None:
            return HttpResponseRedirect(_address(member, application, found), status=303)
        search.add_error(
            "help_code",
            _("No request of the last 30 days has this help code. A new one can take two seconds"),
        )
    narrowing = FilterForm(request.GET)
    wanted, after = narrowing.wanted(), rules.place(request.GET.get("after", ""))
    listed = queries.page(application, wanted, after=after)
    words = {
        "member": member,
        "application": application,
        "form": search,
        "narrowing": narrowing,
        "is_narrowed": any(vars(wanted).values()),
        "lines": page.lines(application, listed),
        "newest": queries.newest(application),
        "is_first": after is None,
        "older": _older(wanted, listed),
    }
    return render(request, "idp/portal/trail/requests.html", words)


def _older(wanted: rules.Wanted, listed: queries.Page) -> str:
    if listed.older is None:
        return ""
    chosen = {name: value for name, value in vars(wanted).items() if value}
    return f"?{urlencode({**chosen, 'after': str(listed.older)})}"


@application_may(Permission.SEE)
@no_page
@require_safe
def newest(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Say to an open page whether there are newer entries than it shows."""
    del request, member
    answer = JsonResponse({"newest": queries.newest(application)})
    answer["Cache-Control"] = "no-store"
    return answer


@application_may(Permission.SEE)
@require_safe
def entry(
    request: BoroughRequest, member: Member, application: Application, number: int
) -> HttpResponse:
    """Show one request in words."""
    rows = RequestTrail.objects.select_related("application").filter(pk=min(number, _HIGHEST))
    row = rows.first()
    if row is None or row.application_id != application.pk:
        # Another's, or long deleted: both look the same, and the first is recorded.
        if row is not None:
            keep_out_of_application(member=member, client_id=row.application.client_id)
        raise Http404
    words = {
        "member": member,
        "application": application,
        "line": page.shown(application, row),
        "place": place_of(row.reason, member=member, application=application),
        "redirect_uris": application.redirect_uris.split(),
    }
    return render(request, "idp/portal/trail/entry.html", words)


def _address(member: Member, application: Application, row: RequestTrail) -> str:
    return reverse("trail:entry", args=[member.organisation.slug, application.slug, row.pk])
