"""The service owner's notices: listed, tried, published, taken down."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.council.service_notices import operations, queries
from accounts.council.service_notices.operations import NoticeRefusedError
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from idp.console.council.notices.forms import NoticeForm

_ALL = "console:council:notices"


@staff_may(Permission.SET_UP)
@require_safe
def notices(request: BoroughRequest) -> HttpResponse:
    """List what is shown, what is announced and what is over."""
    now = timezone.now()
    words = {
        "ahead": queries.not_over(now),
        "recent": queries.recent(now),
        "taken_down": queries.taken_down(now),
        "now": now,
        "back_url": reverse("console:council:overview"),
    }
    return render(request, "idp/console/council/notices/list.html", words)


@staff_may(Permission.SET_UP)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BoroughRequest) -> HttpResponse:
    """Ask for a notice, show what it looks like, and publish it."""
    form = refill(request, NoticeForm(request.POST or None))
    act = request.POST.get("act", "")
    if request.method != "POST" or not form.is_valid() or act == "change":
        return _form_page(request, form)
    if act == "publish":
        return _publish(request, form)
    words = {
        "service_notices": [form.cleaned_data],
        "typed": [(name, request.POST[name]) for name in _names(form) if name in request.POST],
    }
    return render(request, "idp/console/council/notices/preview.html", words)


def _names(form: NoticeForm) -> list[str]:
    dates = [f"{day}-{part}" for day in ("from_date", "until_date") for part in _PARTS]
    return [*form.fields, *dates]


_PARTS = ("day", "month", "year")


def _form_page(request: BoroughRequest, form: NoticeForm) -> HttpResponse:
    words = {"form": form, "back_url": reverse(_ALL)}
    return render(request, "idp/console/council/notices/new.html", words)


def _publish(request: BoroughRequest, form: NoticeForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        operations.publish(
            text=given["text"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            by=session_of(request).account,
        )
    except NoticeRefusedError as refused:
        form.refuse(refused.problem)
        return _form_page(request, form)
    return HttpResponseRedirect(reverse(_ALL), status=303)


@staff_may(Permission.SET_UP)
@no_page
@require_POST
def take_down(request: BoroughRequest, number: int) -> HttpResponse:
    """Show a notice no longer; a second press finds it done."""
    notice = queries.find(number)
    if notice is None:
        raise Http404
    operations.take_down(notice=notice, by=session_of(request).account)
    return HttpResponseRedirect(reverse(_ALL), status=303)
