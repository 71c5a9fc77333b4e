"""Printing a sheet with a start code, and ending or replacing one."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import HELP_LOOKS, START_CODES_MADE
from accounts.models import StartCode
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from accounts.start_codes import operations
from accounts.start_codes import queries as start_codes
from accounts.start_codes.operations import AlreadyMadeError, Asked, NotGoodError, Printed
from accounts.start_codes.rules import Standing
from idp.console.fishing import operations as fishing
from idp.console.fishing.rules import Pattern
from idp.console.starting import queries
from idp.console.starting.forms import AnswerForm, FindForm, PrintForm
from idp.console.starting.rules import Answer, answers
from idp.console.starting.wording import NOT_WAITING, STANDINGS

_LIST = "console:start_codes"


@staff_may(Permission.HELP)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: BoroughRequest) -> HttpResponse:
    """List the sheets that the reader printed today, and find one by its case."""
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        verdict = hit(HELP_LOOKS, str(session_of(request).account_id))
        if not verdict.allowed:
            raise OverLimitError(verdict)
        found = queries.of_case(form.cleaned_data["case_reference"])
    words = {
        "form": form,
        "found": found,
        "sheets": queries.of_today(session_of(request).account),
        "back_url": reverse("console:home"),
    }
    return render(request, "idp/console/starting/overview.html", words)


@staff_may(Permission.HELP)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BoroughRequest) -> HttpResponse:
    """Ask why and what papers were seen, and answer with the sheet: the code is seen only there."""
    form = PrintForm(request.POST) if request.method == "POST" else refill(request, PrintForm())
    if request.method != "POST" or not form.is_valid():
        words = {"form": form, "back_url": reverse(_LIST)}
        return render(request, "idp/console/starting/new.html", words)
    _count(request)
    by = session_of(request).account
    given = form.cleaned_data
    asked = Asked(
        asked_as=given["asked_as"],
        role=queries.role_of(by),
        reason=given["reason"],
        case_reference=given["case_reference"],
        others=len(given["others"]),
        papers=form.papers(),
    )
    try:
        return _sheet(request, operations.make(asked=asked, by=by))
    except AlreadyMadeError:
        return _see_list()


@staff_may(Permission.HELP)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: BoroughRequest, number: UUID) -> HttpResponse:
    """End a sheet, or print another in its place."""
    row = start_codes.one(number)
    if row is None:
        raise Http404
    may = _answers(request, row)
    form = AnswerForm(request.POST or None, answers=may)
    if request.method != "POST" or not may or not form.is_valid():
        return _changing(request, row, form)
    try:
        return _act(request, row, form)
    except NotGoodError:
        form.add_error("answer", str(NOT_WAITING))
        return _changing(request, row, form)
    except AlreadyMadeError:
        return _see_list()


def _act(request: BoroughRequest, row: StartCode, form: AnswerForm) -> HttpResponse:
    by = session_of(request).account
    if form.cleaned_data["answer"] == Answer.CANCEL:
        operations.cancel(row=row, by=by)
        return _see_list()
    _count(request)
    asked_as = form.cleaned_data["asked_as"]
    return _sheet(request, operations.make_again(row=row, asked_as=asked_as, by=by))


def _answers(request: BoroughRequest, row: StartCode) -> list[Answer]:
    return answers(
        is_waiting=start_codes.standing(row) is Standing.WAITING,
        is_own=row.made_by_id == session_of(request).account_id,
    )


def _count(request: BoroughRequest) -> None:
    by = session_of(request).account
    verdict = hit(START_CODES_MADE, str(by.pk))
    if not verdict.allowed:
        fishing.note(by=by, pattern=Pattern.MANY_STARTS)
        raise OverLimitError(verdict)


def _sheet(request: BoroughRequest, printed: Printed) -> HttpResponse:
    words = {
        "printed": printed,
        "address": f"{settings.ISSUER.partition('://')[2]}{reverse('start_codes:start')}",
        "last_day": start_codes.last_day(printed.row),
        "back_url": reverse(_LIST),
    }
    return render(request, "idp/console/starting/sheet.html", words)


def _changing(request: BoroughRequest, row: StartCode, form: AnswerForm) -> HttpResponse:
    words = {
        "form": form,
        "row": row,
        "state": STANDINGS[start_codes.standing(row)],
        "may": _answers(request, row),
        "back_url": reverse(_LIST),
    }
    return render(request, "idp/console/starting/change.html", words)


def _see_list() -> HttpResponse:
    return HttpResponseRedirect(reverse(_LIST), status=303)
