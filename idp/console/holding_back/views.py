"""What is kept back, asking for it, and deciding about it."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.holding_back import operations as holding
from accounts.holding_back.operations import NotHeldBackError
from accounts.holding_back.rules import Refusal
from accounts.models import Account, HoldBack
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly, staff_may
from idp.console.fishing import counting
from idp.console.holding_back import operations, queries
from idp.console.holding_back.forms import AnswerForm, AskForm
from idp.console.holding_back.wording import REFUSALS

_LIST = "console:hold_backs"
_END = "end"


@staff_may(Permission.HOLD_BACK)
@require_safe
def overview(request: BoroughRequest) -> HttpResponse:
    """List what is kept back and what waits for a second person."""
    by = session_of(request).account
    rows = [(row, row.agreed_at is not None) for row in queries.shown_to(by)]
    words = {"rows": rows, "back_url": reverse("console:home")}
    return render(request, "idp/console/holding_back/overview.html", words)


@staff_may(Permission.HOLD_BACK)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: BoroughRequest) -> HttpResponse:
    """Ask for looks at one account to be kept from its owner."""
    if request.method != "POST":
        return _asking(request, refill(request, AskForm()))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _asking(request, form)
    account = _found(request, form.cleaned_data["account"])
    if account is None:
        form.add_error("account", form.fields["account"].error_messages["required"])
        return _asking(request, form)
    by = session_of(request).account
    case = form.cleaned_data["case_reference"]
    try:
        operations.ask(account=account, until=form.end(), case_reference=case, by=by)
    except NotHeldBackError as error:
        form.add_error("until", str(REFUSALS[error.refusal]))
        return _asking(request, form)
    return _see_list()


@staff_may(Permission.HOLD_BACK)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: BoroughRequest, number: UUID) -> HttpResponse:
    """Agree or refuse as the second person, or end what is in force."""
    found = queries.one(number)
    by = session_of(request).account
    if found is None or _is_own(request, found, by):
        raise Http404
    if queries.is_in_force(found):
        return _ending(request, found)
    form = AnswerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _deciding(request, found, form, is_in_force=False)
    try:
        _act(found, form.cleaned_data["answer"], by)
    except NotHeldBackError as error:
        form.add_error("answer", str(REFUSALS[error.refusal]))
        return _deciding(request, found, form, is_in_force=False)
    return _see_list()


def _is_own(request: BoroughRequest, found: HoldBack, by: Account) -> bool:
    """Say whether it is about whoever asks for the page; that they answer it is recorded."""
    is_own = queries.is_own(found.account, of=by)
    if is_own and request.method == "POST":
        holding.note_refused(hold_back=found, by=by, refusal=Refusal.THEIR_OWN)
    return is_own


def _ending(request: BoroughRequest, found: HoldBack) -> HttpResponse:
    if request.method != "POST":
        return _deciding(request, found, AnswerForm(), is_in_force=True)
    # Whoever agrees or refuses a moment after a colleague, or twice, does not mean to end it.
    if request.POST.get("answer") == _END:
        with suppress(NotHeldBackError):  # a colleague ended it meanwhile
            holding.end(hold_back=found, by=session_of(request).account)
    return _see_list()


def _act(found: HoldBack, answer: str, by: Account) -> None:
    if answer == "agree":
        operations.agree(hold_back=found, by=by)
    else:
        holding.refuse(hold_back=found, by=by)


def _found(request: BoroughRequest, typed: str) -> Account | None:
    by = session_of(request).account
    counting.look(by=by)
    account = queries.account_of(typed)
    if account is None:
        counting.miss(by=by)
    return account


def _asking(request: BoroughRequest, form: AskForm) -> HttpResponse:
    words = {"form": form, "back_url": reverse(_LIST)}
    return render(request, "idp/console/holding_back/ask.html", words)


def _deciding(
    request: BoroughRequest, found: HoldBack, form: AnswerForm, *, is_in_force: bool
) -> HttpResponse:
    words = {
        "form": form,
        "found": found,
        "is_in_force": is_in_force,
        "back_url": reverse(_LIST),
    }
    return render(request, "idp/console/holding_back/decide.html", words)


def _see_list() -> HttpResponse:
    return HttpResponseRedirect(reverse(_LIST), status=303)
