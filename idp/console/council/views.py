"""The service owner looks at what residents see, tries a change and publishes it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.council import colours, operations, queries, rules
from accounts.council.operations import ChangedMeanwhileError, NothingChangedError
from accounts.council.rules import Detail, DetailRefusedError, Values
from accounts.council.shown import as_shown
from accounts.models import CouncilDetails
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from idp.console.council import page
from idp.console.council.forms import DetailsForm, VersionForm, as_typed
from idp.console.council.wording import NOTHING_CHANGED

_MOST_SHOWN = 50


@staff_may(Permission.SET_UP)
@require_safe
def overview(request: BoroughRequest) -> HttpResponse:
    """Show everything that residents see of the council, as it is now."""
    newest = queries.newest()
    words = {
        "lines": page.lines(queries.values_of(newest)),
        "newest": page.version_lines([newest])[0] if newest else None,
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/council/overview.html", words)


@staff_may(Permission.SET_UP)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: BoroughRequest) -> HttpResponse:
    """Ask for changes, show what they look like, and publish them."""
    newest = queries.newest()
    if request.method != "POST":
        typed = as_typed(queries.values_of(newest), begun_at=newest.number if newest else 0)
        return _form_page(request, refill(request, DetailsForm(initial=dict(typed))))
    form = DetailsForm(request.POST)
    if not form.is_valid() or request.POST.get("act") == "change":
        return _form_page(request, form)
    if form.cleaned_data["begun_at"] != (newest.number if newest else 0):
        return _meet(request, form)
    if not rules.changed(queries.values_of(newest), form.values()):
        form.add_error(None, str(NOTHING_CHANGED))
        return _form_page(request, form)
    if request.POST.get("act") == "publish":
        return _publish(request, form)
    return _preview(request, form, queries.values_of(newest))


def _form_page(request: BoroughRequest, form: DetailsForm) -> HttpResponse:
    words = {"form": form, "back_url": reverse("console:council:overview")}
    return render(request, "idp/console/council/details.html", words)


def _meet(request: BoroughRequest, form: DetailsForm) -> HttpResponse:
    """Show the form again with what somebody else published since it was opened."""
    newest = queries.versions().first()
    if newest is None:
        raise Http404
    begun = CouncilDetails.objects.filter(number=form.cleaned_data["begun_at"]).first()
    return _form_page(request, page.met(form, newest, begun))


def _publish(request: BoroughRequest, form: DetailsForm) -> HttpResponse:
    account = session_of(request).account
    try:
        operations.publish(values=form.values(), begun_at=form.cleaned_data["begun_at"], by=account)
    except ChangedMeanwhileError:
        return _meet(request, form)
    return HttpResponseRedirect(reverse("console:council:overview"), status=303)


def _preview(request: BoroughRequest, form: DetailsForm, before: Values) -> HttpResponse:
    values = form.values()
    words = {
        "council": as_shown(values),
        "tried": {"colour": values[Detail.COLOUR][1:], "link": values[Detail.LINK_COLOUR][1:]},
        "differences": page.differences(before, values),
        "typed": {**as_typed(values, begun_at=form.cleaned_data["begun_at"])},
    }
    return render(request, "idp/console/council/preview.html", words)


@staff_may(Permission.SET_UP)
@no_page
@require_safe
def colours_tried(request: HttpRequest) -> HttpResponse:
    """Give the page of a preview its colours, which nobody else gets to see."""
    try:
        brand = rules.read(Detail.COLOUR, request.GET.get("colour", ""))
        link = rules.read(Detail.LINK_COLOUR, request.GET.get("link", ""))
    except DetailRefusedError:
        raise Http404 from None
    css = colours.stylesheet(brand=brand, link=link)
    answer = HttpResponse(css, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@staff_may(Permission.SET_UP)
@require_safe
def versions(request: BoroughRequest) -> HttpResponse:
    """List what was published, by whom and when, the newest first."""
    rows = page.version_lines(queries.versions()[: _MOST_SHOWN + 1])
    words = {"rows": rows[:_MOST_SHOWN], "back_url": reverse("console:council:overview")}
    return render(request, "idp/console/council/versions.html", words)


@staff_may(Permission.SET_UP)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: BoroughRequest, number: int) -> HttpResponse:
    """Show what putting a version back would change, and put it back."""
    row = get_object_or_404(queries.versions(), number=number)
    newest, has_changed = queries.newest(), False
    if request.method == "POST" and (form := VersionForm(request.POST)).is_valid():
        try:
            operations.publish(
                values=queries.values_of(row),
                begun_at=form.cleaned_data["begun_at"],
                by=session_of(request).account,
                put_back=row.number,
            )
        except ChangedMeanwhileError:
            newest, has_changed = queries.newest(), True
        except NothingChangedError:
            pass
        else:
            return HttpResponseRedirect(reverse("console:council:overview"), status=303)
    words = {
        "version": row,
        "who": page.who(row),
        "begun_at": newest.number if newest else 0,
        "differences": page.differences(queries.values_of(newest), queries.values_of(row)),
        "has_changed": has_changed,
        "back_url": reverse("console:council:versions"),
    }
    return render(request, "idp/console/council/version.html", words)
