"""The page of a form that came too late: the way back to it, and filling it in again."""

from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.help_codes.trail import note_step
from accounts.models import Account
from accounts.pages.forms import GovukForm
from accounts.security.browser import is_token
from accounts.sessions.late_forms import operations, queries, rules
from accounts.sessions.late_forms.rules import Fate
from accounts.sessions.middleware import BoroughRequest

_NAME = "typed"
_AnyForm = TypeVar("_AnyForm", bound=GovukForm)


def way_back(request: BoroughRequest, account: Account | None) -> str:
    """Return the address of the request's page, where what was typed waits for this account."""
    if request.method != "POST":
        return request.get_full_path()
    if getattr(request.resolver_match and request.resolver_match.func, "no_page", False):
        return _page_before(request)
    query = [pair for pair in parse_qsl(request.META["QUERY_STRING"]) if pair[0] != _NAME]
    kept = _keep(request, account) if account is not None else None
    if kept:
        query.append((_NAME, kept))
    return f"{request.path}?{urlencode(query)}" if query else request.path


def typed_before(request: BoroughRequest) -> QueryDict:
    """Return what was typed into the request's page before signing in again."""
    session, kept = request.signed_in, request.GET.get(_NAME, "")
    if session is None or not kept or request.method == "POST":
        return QueryDict()
    return queries.typed_into(
        request.path, kept=kept, account=session.account, browser=request.browser
    )


def refill(request: BoroughRequest, form: _AnyForm) -> _AnyForm:
    """Fill a form that is shown with what was typed into it before; it is not sent by that."""
    typed = QueryDict() if form.is_bound else typed_before(request)
    if typed and request.signed_in is not None:
        kept, account = request.GET.get(_NAME, ""), request.signed_in.account
        form.given_back = queries.typed_at(kept=kept, account=account)
    for name, field in form.fields.items():
        asked = form.add_prefix(name)
        if typed and not field.widget.value_omitted_from_data(typed, MultiValueDict(), asked):
            form.initial[name] = field.widget.value_from_datadict(typed, MultiValueDict(), asked)
    return form


def taken(request: BoroughRequest, account: Account) -> None:
    """Forget what was kept once its owner has sent the form again."""
    kept = request.GET.get(_NAME, "")
    if is_token(kept) and request.method == "POST":
        operations.forget(account=account, kept=kept)


def _keep(request: BoroughRequest, account: Account) -> str | None:
    typed = {name: values for name, values in request.POST.lists() if rules.is_carried(name)}
    if not typed:
        note_step(request, Fate.NOTHING_TYPED)
        return None
    taken(request, account)
    kept = operations.keep(account=account, browser=request.browser, page=request.path, typed=typed)
    note_step(request, Fate.KEPT if kept else Fate.TOO_LONG)
    return kept


def _page_before(request: BoroughRequest) -> str:
    # A button's address shows nothing: back to the page that the button was on.
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path
