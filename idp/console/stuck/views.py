"""The first screen of a help session, and what may be done before anybody was checked."""

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.security.access import no_page
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from idp.console.fishing import counting
from idp.console.helping.decorators import helping
from idp.console.helping.operations import NotOpenedError, find_account
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.helping.wording import REFUSALS
from idp.console.stuck import operations, queries
from idp.console.stuck.anybody import IF_THEY_SAY
from idp.console.stuck.forms import NameForm
from idp.console.stuck.operations import Outcome
from idp.console.stuck.rules import NEXT, Next, why
from idp.console.stuck.steps import in_words
from idp.console.stuck.wording import DONE, STAY, to_say, words_for
from idp.console.stuck.wording import NEXT as NEXT_WORDS
from idp.models import HelpSession

_DONE: Final = "done"
_ADDRESSES: Final = {
    Next.SEND_AGAIN: "console:send_again",
    Next.LIFT_LIMITS: "console:lift_limits",
    Next.START_RECOVERY: "console:start_recovery",
}


@helping(Permission.HELP, Tier.UNCHECKED)
@require_safe
def person(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Say why the person is stuck, what to do next, and what to read out to them."""
    facts = queries.facts_of(help_session)
    cause = why(facts)
    operations.note_cause(help_session=help_session, cause=cause)
    following = NEXT[cause]
    # A page's code tells what happened, seldom to whom: then nothing can be sent or lifted.
    knows_whom = bool(queries.name_of(help_session))
    possible = _ADDRESSES if knows_whom else {}
    done = request.GET.get(_DONE, "")
    holds_it = queries.is_more_than_named(help_session)
    main = following if knows_whom and done != following else None
    told = words_for(cause, is_owner=help_session.tier >= Tier.OWNER)
    words = {
        "words": told,
        "say": to_say(told, has_code=holds_it, done=done),
        "if_they_say": () if holds_it else IF_THEY_SAY,
        "do": STAY if done == following else told.do,
        "asks_name": following is Next.ASK_NAME,
        "main": _button(help_session, main) if main else None,
        "needs_address": not knows_whom and following in _ADDRESSES,
        "others": [_button(help_session, one) for one in possible if one is not main],
        "done": DONE.get(done),
        "steps": in_words(help_session.help_code),
        "back_url": reverse("console:home"),
    }
    return show(request, help_session, "idp/console/stuck/person.html", words)


@helping(Permission.HELP, Tier.UNCHECKED)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Ask for the sign-in name where a mailbox has several accounts, and go on with that one."""
    if help_session.account_id is not None or not help_session.address_key:
        raise Http404
    form = NameForm(request.POST) if request.method == "POST" else refill(request, NameForm())
    if request.method == "POST" and form.is_valid() and _is_named(help_session, form):
        return _back(help_session)
    words = {"form": form, "back_url": reverse("console:helping", args=[help_session.pk])}
    return show(request, help_session, "idp/console/stuck/name.html", words)


def _is_named(help_session: HelpSession, form: NameForm) -> bool:
    """Have the help session be about whoever has the name; else say at the field why it is not."""
    account = queries.named(help_session, form.cleaned_data["name"])
    if account is None:
        counting.miss(by=help_session.staff)
        form.add_error("name", str(NameForm.NOT_THERE))
        return False
    try:
        row = find_account(help_session=help_session, account=account)
    except NotOpenedError as error:
        form.add_error("name", str(REFUSALS[error.refusal]))
        return False
    counting.opened(help_session=row)
    return True


def _act(do: Callable[..., Outcome]) -> Callable[..., HttpResponse]:
    def done(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
        del request
        return _back(help_session, do(help_session=help_session))

    view: Callable[..., HttpResponse] = no_page(
        helping(Permission.HELP, Tier.UNCHECKED)(require_POST(done))  # type: ignore[assignment]
    )
    return view


send_again = _act(operations.send_again)
lift_limits = _act(operations.lift_limits)
start_recovery = _act(operations.start_recovery)


def _button(help_session: HelpSession, following: Next) -> dict[str, object] | None:
    page = _ADDRESSES.get(following)
    if page is None:
        return None
    return {"action": reverse(page, args=[help_session.pk]), "text": NEXT_WORDS[following]}


def _back(help_session: HelpSession, outcome: Outcome | None = None) -> HttpResponse:
    address = reverse("console:helping", args=[help_session.pk])
    query = f"?{urlencode({_DONE: outcome})}" if outcome else ""
    return HttpResponseRedirect(f"{address}{query}", status=303)
