"""The pending sign-in: one tab's way from somewhere, through these pages, and back."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.assurance import Method, Proof
from accounts.help_codes.trail import note_step
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.rules import network_of
from accounts.limits.table import SIGN_IN_BEGUN_NETWORK
from accounts.models import Account, PendingSignIn, RememberedDevice, Session
from accounts.pages.browser_kind import browser_words
from accounts.security.browser import is_token
from accounts.sessions import made_up
from accounts.sessions.cookies import attach
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.remembered import operations as remembered
from accounts.sessions.remembered.cookie import values
from accounts.sessions.remembered.queries import find
from accounts.signin import progress
from accounts.signin.progress import FlowDoneError
from accounts.signin.rules import (
    FlowFacts,
    FlowState,
    Next,
    Step,
    flow_state,
    is_local_path,
    usable_hint,
)
from accounts.signin.wanted import ANY, Wanted, wanted_by

__all__ = [
    "FlowDoneError",
    "Wanted",
    "begin",
    "begun",
    "go_on",
    "look",
    "prove",
    "renew",
    "wanted_by",
]


# Where a sign-in that needs something goes on.
_PAGES = {
    Next.FIRST_STEP: "signin:sign_in",
    Next.SECOND_STEP: "signin:second_step",
    Next.REOPEN: "signin:closed",
    Next.UNFREEZE: "signin:frozen",
}


def begin(
    request: BoroughRequest,
    *,
    return_to: str,
    wanted: Wanted = ANY,
    page: str = "signin:sign_in",
) -> str:
    """Start a pending sign-in of this browser and return the address of its first page.

    Call it outside a transaction.

    Raises:
        The same as `begun`.
    """
    row = begun(request, return_to=return_to, wanted=wanted)
    return address(row, page if row.stands_on_id is None else "signin:go_on")


def begun(request: BoroughRequest, *, return_to: str, wanted: Wanted = ANY) -> PendingSignIn:
    """Start a pending sign-in of this browser, for the people that the page is for; return it.

    Raises:
        OverLimitError: this network began far too many.
        ValueError: `return_to` is not a path of this site.
    """
    if not is_local_path(return_to):
        message = "a sign-in returns to a path of this site only"
        raise ValueError(message)
    _count(request)
    row = PendingSignIn(
        browser_hash=request.browser.hash,
        return_to=return_to,
        service_name=wanted.service_name,
        login_hint=usable_hint(wanted.login_hint),
        as_someone_else=wanted.as_someone_else,
        form_action=wanted.form_action,
        level=wanted.level,
        at_highest_level=wanted.at_highest_level,
        remembered_device_will_do=wanted.remembered_device_will_do,
        give_up_to=wanted.give_up_to,
        language=wanted.language,
        is_sensitive=wanted.is_sensitive,
        test_group=request.test_group,
        expires_at=timezone.now() + settings.FLOW_LIFETIME,
    )
    session = request.signed_in
    row.beside = session if wanted.beside else None
    row.is_shared_device = wanted.is_shared_device or bool(session and session.is_shared_device)
    if session is not None and not wanted.fresh and not wanted.as_someone_else:
        _build_on(row, session)
    row.save(force_insert=True)
    return row


def _count(request: BoroughRequest) -> None:
    # Each is a row, which a GET alone leaves behind.
    verdict = hit(SIGN_IN_BEGUN_NETWORK, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        raise OverLimitError(verdict)


def _build_on(row: PendingSignIn, session: Session) -> None:
    row.stands_on = session
    row.account = session.account
    row.password_changed_at = session.account.password_changed_at
    row.proofs = session.proofs
    row.proved_at = session.auth_time
    row.is_shared_device = session.is_shared_device


def renew(request: BoroughRequest, flow: PendingSignIn) -> str:
    """Start the same sign-in once more and return its address."""
    return begin(request, return_to=flow.return_to, wanted=wanted_by(flow))


def start_address() -> str:
    """Return the address that begins a sign-in from nowhere in particular."""
    return reverse("signin:sign_in")


def address(flow: PendingSignIn, page: str = "signin:sign_in") -> str:
    """Return the address of a page in this flow."""
    return f"{reverse(page)}?{urlencode({'flow': flow.id})}"


def step_address(flow: PendingSignIn) -> str:
    """Return the address of the step that the flow is at: the first, or what comes after it."""
    return address(flow, "signin:sign_in" if flow.account_id is None else "signin:go_on")


def current(request: BoroughRequest, *, also_made_up: bool = False) -> PendingSignIn | None:
    """Return the open flow that the request names, if this browser began it."""
    row, state = look(request, also_made_up=also_made_up)
    return row if state is FlowState.OPEN else None


def look(
    request: BoroughRequest, *, also_made_up: bool = False
) -> tuple[PendingSignIn | None, FlowState]:
    """Return this browser's flow that the request names, and what has become of it.

    A sign-in of made-up people is unknown but to pages that say `also_made_up`: those where a
    password, a code or a key is given. The others would mail, make or change an account.
    """
    named = (request.POST if request.method == "POST" else request.GET).getlist("flow")
    if len(named) != 1 or not is_token(named[0]):
        return None, FlowState.UNKNOWN
    row = PendingSignIn.objects.filter(pk=named[0]).first()
    if row is None:
        return None, FlowState.UNKNOWN
    state = state_of(request, row)
    if state is FlowState.UNKNOWN or (row.test_group is not None and not also_made_up):
        return None, FlowState.UNKNOWN
    made_up.enter(request, row.test_group)
    return row, state


def state_of(request: BoroughRequest, row: PendingSignIn) -> FlowState:
    """Return what has become of a flow; unknown if another browser began it."""
    facts = FlowFacts(
        of_this_browser=request.browser.owns(row.browser_hash),
        done=row.done_at is not None,
        expires_at=row.expires_at,
    )
    return flow_state(facts, now=timezone.now())


def is_met(flow: PendingSignIn, session: Session | None) -> bool:
    """Say whether another tab of this browser has signed in, as strongly, since the flow began.

    Such a session is as fresh as any wish that the flow can stand for.
    """
    if session is None or flow.as_someone_else or flow.at_highest_level:
        return False
    return session.auth_time >= flow.created_at and session.level >= flow.level


def prove(
    request: BoroughRequest,
    *,
    flow: PendingSignIn,
    account: Account,
    method: Method,
    authenticator: UUID | None = None,
) -> HttpResponse:
    """Take one more proof that the account's owner is here, and lead on to what is needed next.

    Asks nothing of the flow's age: a sign-up may outlive it.

    Raises:
        FlowDoneError: the flow has led to a session before; nothing was changed.
        accounts.sessions.operations.AccountChangedError: the account was stopped, or a way to sign
            in changed, meanwhile; nothing was changed.
    """
    proof = Proof(method, timezone.now(), authenticator)
    return go_on(request, progress.add(flow=flow, account=account, proof=proof))


def go_on(request: BoroughRequest, flow: PendingSignIn) -> HttpResponse:
    """Lead on to whatever the flow needs now; finish it if that is nothing.

    Raises:
        The same as `prove`.
    """
    device = _remembered(request, flow)
    needed = progress.needed(flow, remembered=device is not None)
    if device is not None and needed in {Next.ADD_A_WAY, Next.DONE}:
        remembered.used(device)
    if needed in _PAGES:
        return _see(address(flow, _PAGES[needed]))
    if needed is Next.ADD_A_WAY and flow.test_group is not None:
        # Made-up people reach no page of an account: what they cannot reach, they give up.
        return _finish(request, flow, leads_to=flow.give_up_to or flow.return_to)
    if needed is Next.ADD_A_WAY:
        return _finish(request, flow, leads_to=address(flow, "mfa:needed"))
    page = address(flow, "signin:closes") if progress.closes(flow) else flow.return_to
    return _finish(request, flow, leads_to=page)


def _remembered(request: BoroughRequest, flow: PendingSignIn) -> RememberedDevice | None:
    if flow.account is None or flow.is_shared_device or flow.test_group is not None:
        return None
    return find(flow.account, values(request))


def _finish(request: BoroughRequest, flow: PendingSignIn, *, leads_to: str) -> HttpResponse:
    """Sign the account in, in this browser; whoever was signed in here before is not any more."""
    if flow.beside_id is not None:
        progress.finish_beside(flow=flow)
        return _see(f"{flow.return_to}?{urlencode({'flow': flow.id})}")
    user_agent = request.headers.get("User-Agent", "")
    before = request.signed_in or request.signed_in_before
    started = progress.finish(
        flow=flow, replaces=request.signed_in, started_on=browser_words(user_agent)
    )
    is_another = before is not None and before.account_id != started.session.account_id
    if is_another and flow.test_group is None:
        # Nobody sends, as this account, a page that somebody else left open here. Among made-up
        # people it would only spoil the real person's: the forms that they meet name the session.
        rotate_token(request)
    note_step(request, Step.SIGNED_IN)
    request.signed_in = started.session
    response = _see(leads_to)
    attach(response, started.cookie_value, test_group=flow.test_group)
    return response


def _see(path: str) -> HttpResponse:
    return HttpResponseRedirect(path, status=303)


def allow_form_action(response: HttpResponse, flow: PendingSignIn) -> HttpResponse:
    """Let the page's form lead, by redirects, to the service that the flow began at."""
    if flow.form_action:
        # django-csp offers a decorator only, and the origin is not known before the view runs.
        vars(response)["_csp_update"] = {"form-action": [flow.form_action]}
    return response
