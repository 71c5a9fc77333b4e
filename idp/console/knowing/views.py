"""Checking within a help session whether a caller owns the account."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.limits.operations import OverLimitError, Verdict, hit, hit_all
from accounts.limits.table import (
    CALL_CODES_MAILED,
    CALL_CODES_MAILED_TO,
    CALLERS_CHECKED,
    COUNTER_CHECKS,
)
from accounts.pages.forms import GovukForm
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly
from idp.console.fishing import operations as fishing
from idp.console.fishing.rules import Pattern
from idp.console.helping.decorators import helping
from idp.console.helping.finding import is_help_code
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.knowing import operations
from idp.console.knowing.forms import CodeForm, CounterForm, WayForm
from idp.console.knowing.operations import NotThatPersonError
from idp.console.knowing.rules import Evidence, Person, Refusal
from idp.console.knowing.wording import HELP_CODE_READ, NOT_THAT_PERSON, WRONG_CODE
from idp.models import HelpSession

_METHODS = ["GET", "HEAD", "POST"]


@helping(Permission.HELP, Tier.UNCHECKED)
@require_http_methods(_METHODS)
def know(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Ask how to check the caller; have a code mailed if that is how."""
    is_at_counter = help_session.channel == HelpSession.Channel.COUNTER
    form = WayForm(request.POST or None, is_at_counter=is_at_counter)
    if request.method != "POST" or not form.is_valid():
        words = {"form": form, "back_url": _home(help_session)}
        return show(request, help_session, "idp/console/knowing/know.html", words)
    way = form.cleaned_data["way"]
    if way == "mailed":
        _count_mails(help_session)
        operations.send_code(help_session=help_session)
    return _see(f"console:know_{way}", help_session)


@helping(Permission.HELP, Tier.UNCHECKED)
@require_http_methods(_METHODS)
def mailed(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Take the code that was mailed, as the caller reads it out."""
    template = "idp/console/knowing/mailed.html"
    return _code(request, help_session, template, operations.check_mailed)


@helping(Permission.HELP, Tier.UNCHECKED)
@require_http_methods(_METHODS)
def shown(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Take the code of the account's own page, as the caller reads it out."""
    template = "idp/console/knowing/shown.html"
    return _code(request, help_session, template, operations.check_shown)


@helping(Permission.HELP, Tier.UNCHECKED)
@freshly
@require_http_methods(_METHODS)
def counter(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Take what somebody showed at the counter, and compare the account with it."""
    if help_session.channel != HelpSession.Channel.COUNTER:
        raise Http404
    if request.method != "POST":
        return _at_counter(request, help_session, refill(request, CounterForm()))
    form = CounterForm(request.POST)
    if not form.is_valid():
        return _at_counter(request, help_session, form)
    _count_checks(help_session)
    _count_papers(help_session)
    given = form.cleaned_data
    try:
        operations.check_shown_in_person(
            help_session=help_session,
            person=Person(given["full_name"], given["date_of_birth"]),
            by=Evidence(given["evidence"]),
        )
    except NotThatPersonError:
        form.add_error("full_name", str(NOT_THAT_PERSON))
        return _at_counter(request, help_session, form)
    return _see("console:helping", help_session)


def _code(
    request: BoroughRequest,
    help_session: HelpSession,
    template: str,
    check: Callable[..., bool],
) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _count_checks(help_session)
        if check(help_session=help_session, code=form.cleaned_data["code"]):
            return _see("console:helping", help_session)
        is_other = is_help_code(form.cleaned_data["code"])
        form.add_error("code", str(HELP_CODE_READ if is_other else WRONG_CODE))
    return _asking(request, help_session, template, form)


def _at_counter(
    request: BoroughRequest, help_session: HelpSession, form: GovukForm
) -> HttpResponse:
    return _asking(request, help_session, "idp/console/knowing/counter.html", form)


def _asking(
    request: BoroughRequest, help_session: HelpSession, template: str, form: GovukForm
) -> HttpResponse:
    words = {"form": form, "back_url": reverse("console:know", args=[help_session.pk])}
    return show(request, help_session, template, words)


def _count_mails(help_session: HelpSession) -> None:
    # Under what was given, not under the account: whether there is one must not show.
    given = (help_session.address_key or _whom(help_session),)
    verdict = hit_all(
        (CALL_CODES_MAILED, (str(help_session.staff_id),)), (CALL_CODES_MAILED_TO, given)
    )
    _stop(help_session, verdict, Refusal.TOO_MANY_CODES)


def _count_checks(help_session: HelpSession) -> None:
    # Across callers: who reads out whose code, one of the staff could try at leisure.
    verdict = hit(CALLERS_CHECKED, str(help_session.staff_id))
    if not verdict.allowed:
        fishing.note(by=help_session.staff, pattern=Pattern.MANY_CHECKS)
    _stop(help_session, verdict, Refusal.TOO_MANY_CHECKS)


def _count_papers(help_session: HelpSession) -> None:
    verdict = hit(COUNTER_CHECKS, _whom(help_session))
    if not verdict.allowed:
        fishing.note(by=help_session.staff, pattern=Pattern.MANY_PAPERS)
    _stop(help_session, verdict, Refusal.TOO_MANY_CHECKS)


def _whom(help_session: HelpSession) -> str:
    """Return whose tries are counted: the account's, else under what the caller gave."""
    return str(help_session.account_id or help_session.address_key or help_session.help_code_id)


def _stop(help_session: HelpSession, verdict: Verdict, refusal: Refusal) -> None:
    if not verdict.allowed:
        operations.refuse(help_session=help_session, refusal=refusal)
        raise OverLimitError(verdict)


def _home(help_session: HelpSession) -> str:
    return reverse("console:helping", args=[help_session.pk])


def _see(name: str, help_session: HelpSession) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[help_session.pk]), status=303)
