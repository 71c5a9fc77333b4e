"""The list of acts on somebody's account, and the one page that asks before each."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly
from accounts.staffing.queries import permissions_of
from idp.console.acts import operations, queries
from idp.console.acts.forms import ActForm
from idp.console.acts.operations import NotDoneError, Why
from idp.console.acts.table import ACTS, Act
from idp.console.acts.wording import NOT_KNOWN, REFUSALS
from idp.console.helping.decorators import helping
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.helping.wording import TIERS
from idp.console.requests.rules import fitting_evidence
from idp.models import HelpSession


@helping(Permission.HELP, Tier.UNCHECKED)
@require_safe
def acts(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """List what whoever helps may do now, and then the rest, with what stands in its way."""
    mine = permissions_of(help_session.staff)
    done = request.GET.get("done", "")
    rows = [_row(act, help_session) for act, terms in ACTS.items() if terms.permission in mine]
    words = {
        "now": [row for row in rows if row["is_open"]],
        "not_now": [row for row in rows if not row["is_open"]],
        "done": ACTS[Act(done)] if done in set(Act) else None,
        "back_url": reverse("console:helping", args=[help_session.pk]),
    }
    return show(request, help_session, "idp/console/acts/list.html", words)


def _row(act: Act, help_session: HelpSession) -> dict[str, object]:
    account = help_session.account
    why = _why_not(act, help_session, account) if account is not None else ""
    return {
        "terms": ACTS[act],
        "url": reverse(f"console:act_{act}", args=[help_session.pk]),
        "is_open": account is not None and not why,
        "why": why,
    }


def _why_not(act: Act, help_session: HelpSession, account: Account) -> str:
    """Return why it is not done now; of the account only to whoever might choose the act."""
    needed = ACTS[act].tier
    if help_session.tier < needed:
        return str(NOT_KNOWN) % {"tier": TIERS[needed]}
    refusal = queries.refusal_now(act, help_session, account)
    return str(REFUSALS[refusal]) if refusal is not None else ""


def _page_of(act: Act) -> Callable[..., HttpResponseBase]:
    """Return the page that asks before this act, behind the door that the table states."""
    terms = ACTS[act]

    @require_http_methods(["GET", "HEAD", "POST"])
    def confirm(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
        if help_session.account is None:
            raise Http404
        is_post = request.method == "POST"
        evidence = fitting_evidence(
            known_by=help_session.known_by,
            was_rung_back=help_session.called_back_at is not None,
        )
        data = request.POST if is_post else None
        form = refill(request, ActForm(data, terms=terms, evidence=evidence))
        if not is_post or not form.is_valid():
            return _asking(request, help_session, act, form)
        try:
            given = operations.do(
                act=act,
                help_session=help_session,
                account=help_session.account,
                why=Why(
                    ground=form.cleaned_data.get("ground", ""),
                    evidence=form.cleaned_data.get("evidence", ()),
                    new_address=form.cleaned_data.get("new_address", ""),
                ),
            )
        except NotDoneError as error:
            return _asking(request, help_session, act, form, str(REFUSALS[error.refusal]))
        if given is not None:
            words = {"terms": terms, "given": given, "back_url": _list(help_session)}
            return show(request, help_session, "idp/console/acts/code.html", words)
        return HttpResponseRedirect(f"{_list(help_session)}?done={act}", status=303)

    door = helping(terms.permission, terms.tier)
    return door(freshly(confirm)) if terms.is_fresh else door(confirm)


PAGES: Final[Mapping[Act, Callable[..., HttpResponseBase]]] = {act: _page_of(act) for act in ACTS}


def _asking(
    request: BoroughRequest, help_session: HelpSession, act: Act, form: ActForm, why: str = ""
) -> HttpResponse:
    words = {"terms": ACTS[act], "form": form, "why": why, "back_url": _list(help_session)}
    template = "idp/console/acts/confirm.html"
    return show(request, help_session, template, words, status=409 if why else 200)


def _list(help_session: HelpSession) -> str:
    return reverse("console:acts", args=[help_session.pk])
