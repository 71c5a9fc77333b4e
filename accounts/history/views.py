"""The account's history, and "this wasn't me" on each row of it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.history import operations, page, queries, rules
from accounts.history.wording import words
from accounts.mfa.rules import Presence, level_to_change
from accounts.models import AuditEvent, Session
from accounts.pages.moments import moment
from accounts.sessions.cookies import detach
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.flow import Wanted

_ON_A_PAGE = 20
# What PostgreSQL takes for a row's number.
_HIGHEST = 2**63 - 1


@signed_in
@require_safe
def history(request: BoroughRequest) -> HttpResponse:
    """Show what happened to the account, the newest first."""
    session = session_of(request)
    events = Paginator(queries.told(session.account), _ON_A_PAGE)
    shown = events.get_page(request.GET.get("page"))
    context = {"rows": page.rows(shown), "links": page.pagination(shown), "shown": shown}
    return render(request, "accounts/history/history.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: BoroughRequest, number: int) -> HttpResponse:
    """Say what "this wasn't me" does about one event, and do it."""
    session = session_of(request)
    event = _event(session, number)
    if request.method != "POST":
        return _ask(request, session, event)
    outcome = operations.not_me_by_owner(session=session, event=event, by=resident(session.account))
    note_step(request, outcome)
    # As at signing out: the next person here gets a form secret that the last one never saw.
    rotate_token(request)
    response = HttpResponseRedirect(reverse("history:done"), status=303)
    detach(response)
    return response


@public
@require_safe
def done(request: BoroughRequest) -> HttpResponse:
    """Say that everybody is signed out, and what to look at next; knows nobody's account."""
    return render(request, "accounts/history/done.html")


def _event(session: Session, number: int) -> AuditEvent:
    found = queries.told(session.account).filter(pk=min(number, _HIGHEST)).first()
    if found is None:
        raise Http404
    return found


def _ask(request: BoroughRequest, session: Session, event: AuditEvent) -> HttpResponse:
    changed = queries.changed_since(session.account, event.at - rules.BEFORE_THE_EVENT)
    may_now = operations.may_set_aside(session, changed)
    presence = queries.presence(session, changed)
    may_later = rules.leaves_a_way_in(presence.available, presence.set_aside)
    context = {
        "what": words(event, queries.teams_of([event]).get(event.actor_id, "")),
        "when": moment(event.at),
        "changed": page.names(changed),
        "are_set_aside": may_now,
        "sign_in_again": _again(request, session, presence) if may_later and not may_now else "",
    }
    return render(request, "accounts/history/not_me.html", context)


def _again(request: BoroughRequest, session: Session, presence: Presence) -> str:
    """Begin a sign-in by what is older than the event, and return its address."""
    wanted = Wanted(
        login_hint=session.account.sign_in_name,
        level=level_to_change(presence.available, presence.set_aside),
        remembered_device_will_do=False,
    )
    return flows.begin(request, return_to=request.path, wanted=wanted)
