"""The pending sign-in: one tab's way from somewhere, through these pages, and back."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.assurance import Method
from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.models import Account, PendingSignIn, Session
from accounts.security.browser import is_token
from accounts.sessions import operations as sessions
from accounts.sessions.cookies import attach
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.rules import FlowFacts, FlowState, Step, flow_state, is_local_path, usable_hint


@dataclass(frozen=True)
class Wanted:
    """What the pages must know of why somebody signs in.

    `form_action` is the origin of the service that the way back ends at: browsers check it against
    the page's Content-Security-Policy for each redirect after a form.
    """

    service_name: str = ""
    login_hint: str = ""
    as_someone_else: bool = False
    form_action: str = ""


class FlowDoneError(Exception):
    """The pending sign-in has led to a session already."""


ANY = Wanted()


def begin(
    request: BoroughRequest,
    *,
    return_to: str,
    wanted: Wanted = ANY,
    page: str = "signin:sign_in",
) -> str:
    """Start a pending sign-in of this browser and return the address of its first page.

    Raises:
        ValueError: `return_to` is not a path of this site.
    """
    if not is_local_path(return_to):
        message = "a sign-in returns to a path of this site only"
        raise ValueError(message)
    row = PendingSignIn.objects.create(
        browser_hash=request.browser.hash,
        return_to=return_to,
        service_name=wanted.service_name,
        login_hint=usable_hint(wanted.login_hint),
        as_someone_else=wanted.as_someone_else,
        form_action=wanted.form_action,
        expires_at=timezone.now() + settings.FLOW_LIFETIME,
    )
    return address(row, page)


def renew(request: BoroughRequest, flow: PendingSignIn) -> str:
    """Start the same sign-in once more and return its address."""
    wanted = Wanted(flow.service_name, flow.login_hint, flow.as_someone_else, flow.form_action)
    return begin(request, return_to=flow.return_to, wanted=wanted)


def start_address() -> str:
    """Return the address that begins a sign-in from nowhere in particular."""
    return reverse("signin:sign_in")


def address(flow: PendingSignIn, page: str = "signin:sign_in") -> str:
    """Return the address of a page in this flow."""
    return f"{reverse(page)}?{urlencode({'flow': flow.id})}"


def current(request: BoroughRequest) -> PendingSignIn | None:
    """Return the open flow that the request names, if this browser began it."""
    row, state = look(request)
    return row if state is FlowState.OPEN else None


def look(request: BoroughRequest) -> tuple[PendingSignIn | None, FlowState]:
    """Return this browser's flow that the request names, and what has become of it."""
    named = (request.POST if request.method == "POST" else request.GET).getlist("flow")
    if len(named) != 1 or not is_token(named[0]):
        return None, FlowState.UNKNOWN
    row = PendingSignIn.objects.filter(pk=named[0]).first()
    if row is None:
        return None, FlowState.UNKNOWN
    facts = FlowFacts(
        of_this_browser=request.browser.owns(row.browser_hash),
        done=row.done_at is not None,
        expires_at=row.expires_at,
    )
    state = flow_state(facts, now=timezone.now())
    return (None if state is FlowState.UNKNOWN else row), state


def is_met(flow: PendingSignIn, session: Session | None) -> bool:
    """Say whether another tab of this browser has signed in since the flow began.

    Such a session is as fresh as any wish that the flow can stand for.
    """
    return session is not None and not flow.as_someone_else and session.auth_time >= flow.created_at


def finish(
    request: BoroughRequest, *, flow: PendingSignIn, account: Account, method: Method
) -> HttpResponseRedirect:
    """Sign the account in, in this browser, and return the way back to where the flow began.

    Whoever was signed in here before is not any more. Asks nothing of the flow's age: a sign-up
    may outlive it.

    Raises:
        FlowDoneError: the flow has led to a session before; nothing was changed.
        accounts.sessions.operations.AccountChangedError: the account was suspended or its password
            changed meanwhile; nothing was changed.
    """
    with transaction.atomic():
        now = timezone.now()
        # The condition is in the statement: of two tabs or clicks, one alone goes on.
        if not PendingSignIn.objects.filter(pk=flow.pk, done_at=None).update(done_at=now):
            raise FlowDoneError
        started = sessions.start(
            account=account, method=method, replaces=request.signed_in, by=resident(account)
        )
    note_step(request, Step.SIGNED_IN)
    request.signed_in = started.session
    response = HttpResponseRedirect(flow.return_to, status=303)
    attach(response, started.cookie_value)
    return response


def allow_form_action(response: HttpResponse, flow: PendingSignIn) -> HttpResponse:
    """Let the page's form lead, by redirects, to the service that the flow began at."""
    if flow.form_action:
        # django-csp offers a decorator only, and the origin is not known before the view runs.
        vars(response)["_csp_update"] = {"form-action": [flow.form_action]}
    return response
