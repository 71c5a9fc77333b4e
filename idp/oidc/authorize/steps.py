"""Takes the next step of a stored request: the one place from which every step is reached."""

from typing import Final, assert_never

from django.http import HttpResponse

from accounts.assurance import Level
from accounts.audit.actor import SYSTEM, resident
from accounts.help_codes.trail import note_step
from accounts.models import PendingSignIn, Session
from accounts.sessions import made_up
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow
from clients.models import Member
from clients.organisations.members import queries as members
from clients.organisations.members.rules import Permission, may
from idp.consent import operations as consents
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest, Consent
from idp.oidc import device_addresses, optional
from idp.oidc.authorize import operations, response, situation, stored
from idp.oidc.authorize.next_step import (
    Answer,
    AskConsent,
    ConfirmAccount,
    ConfirmDevice,
    Interruption,
    Refuse,
    SayBlocked,
    SignIn,
    SignUp,
    TellSharing,
)
from idp.oidc.authorize.reasons import Reason
from idp.oidc.authorize.redirect_uri import form_action
from idp.oidc.errors import ErrorCode, ShownError

CONTINUE = "authorize:continue"
_NOT_USABLE: Final = {
    Reason.APPLICATION_NOT_USABLE: "This application is suspended.",
    Reason.SANDBOX_OFF: "Sandbox applications are switched off here.",
}


def go_on(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Answer with the next step: a page to go to, or the answer to the application."""
    made_up.enter(request, row.application.test_group)
    now = situation.of(row, request.signed_in)
    if not isinstance(now.step, Answer):
        note_step(request, now.step.reason)
    match now.step:
        case Refuse(error, reason):
            return _refuse(request, row, ErrorCode(error), reason)
        case TellSharing():
            return _tell(request, row)
        case Answer():
            return _answer(request, row, now.consent)
        case interruption:
            return response.see_other(_page(request, row, interruption))


def _page(request: BoroughRequest, row: AuthorizationRequest, step: Interruption) -> str:
    """Return the address of the page that the step is taken on."""
    match step:
        case SignUp():
            return sign_in(request, row, page="signup:start")
        case SignIn(reason):
            chooses = reason is not Reason.LEVEL and tries_out(request, row) is not None
            chosen = stored.address("test_resident:choose", row)
            return chosen if chooses else sign_in(request, row, reason=reason)
        case ConfirmAccount():
            return stored.address("authorize:account", row)
        case ConfirmDevice():
            return device_addresses.of(row.application)
        case SayBlocked():
            return stored.address("blocked:say", row)
        case AskConsent():
            return stored.address("sharing:share", row)
    assert_never(step)


def tries_out(request: BoroughRequest, row: AuthorizationRequest) -> Member | None:
    """Return who tries the sandbox application out in this browser, if they may use its people."""
    session, organisation = request.tries_out, row.application.organisation
    if session is None or request.test_group is None:
        return None
    member = members.find(session.account, organisation.slug)
    return member if member and may(member.role, Permission.USE_TEST_RESIDENTS) else None


def _tell(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    """Let the owner be told, and go on; where that is no longer right, the next step says so."""
    session = request.signed_in
    if session is None:
        message = "only somebody who is signed in is told"
        raise AssertionError(message)
    asked = optional.to_share(row, session.account)
    consents.tell(
        request=row,
        session=session,
        scopes=asked.scopes,
        claims=asked.claim_names,
        shown=asked.shown(row.application),
        by=SYSTEM,
    )
    return back(row)


def back(row: AuthorizationRequest) -> HttpResponse:
    """Send the browser back to where the next step is decided."""
    return response.see_other(stored.address(CONTINUE, row))


def sign_in(
    request: BoroughRequest,
    row: AuthorizationRequest,
    *,
    reason: Reason | None = None,
    page: str = "signin:sign_in",
    as_someone_else: bool = False,
) -> str:
    """Begin a sign-in that comes back to this request, and return its address."""
    wanted = _wanted(request, row, reason, as_someone_else=as_someone_else)
    return flow.begin(request, return_to=stored.address(CONTINUE, row), wanted=wanted, page=page)


def begun_sign_in(
    request: BoroughRequest, row: AuthorizationRequest, *, reason: Reason
) -> PendingSignIn:
    """Begin the same, for a page that proves who signs in by itself."""
    wanted = _wanted(request, row, reason)
    return flow.begun(request, return_to=stored.address(CONTINUE, row), wanted=wanted)


def _wanted(
    request: BoroughRequest,
    row: AuthorizationRequest,
    reason: Reason | None,
    *,
    as_someone_else: bool = False,
) -> flow.Wanted:
    session, level = request.signed_in, situation.level_of(row)
    strongly = level > Level.ONE_FACTOR
    return flow.Wanted(
        service_name=row.application.name,
        login_hint=_hint(row, reason, session),
        as_someone_else=as_someone_else or reason is Reason.HINT_NAMES_ANOTHER_ACCOUNT,
        form_action=form_action(row.redirect_uri),
        level=level,
        # Whoever is signed in already gives only the proof that is missing.
        fresh=reason is not Reason.LEVEL,
        remembered_device_will_do=not strongly,
        give_up_to=stored.address("authorize:give_up", row) if strongly else "",
        language=row.language,
        is_sensitive=is_sensitive(row.application, session.account if session else None),
    )


def _hint(row: AuthorizationRequest, reason: Reason | None, session: Session | None) -> str:
    again = reason in {Reason.PROMPT_LOGIN, Reason.MAX_AGE}
    # At a shared device the next person is not told who was there.
    if again and session is not None and not session.is_shared_device:
        return session.account.sign_in_name
    return row.login_hint


def _refuse(
    request: BoroughRequest, row: AuthorizationRequest, code: ErrorCode, reason: Reason
) -> HttpResponse:
    if reason in _NOT_USABLE:
        # Since it asked: nothing is sent to it any more, not even an error.
        words = _NOT_USABLE[reason]
        return response.error_page(
            request,
            ShownError(
                code, words, detail=reason, parameter="client_id", section="RFC 6749 §4.1.1"
            ),
        )
    try:
        operations.close(row=row)
    except operations.AlreadyAnsweredError:
        return _used(request, row)
    description = f"Reason: {reason}."
    return response.refusal(request, row, code=code, reason=reason, description=description)


def _answer(
    request: BoroughRequest, row: AuthorizationRequest, consent: Consent | None
) -> HttpResponse:
    session = request.signed_in
    if session is None or consent is None:
        message = "an answer needs somebody signed in who agreed"
        raise AssertionError(message)
    by = resident(session.account)
    try:
        if row.device_grant_id is not None:
            device = row.device_grant_id
            operations.let_device_in(
                row=row, device=device, session=session, consent=consent, by=by
            )
            return response.let_in(request, row)
        code = operations.issue_code(row=row, session=session, consent=consent, by=by)
    except operations.AlreadyAnsweredError:
        return _used(request, row)
    return response.code(request, row, code)


def _used(request: BoroughRequest, row: AuthorizationRequest) -> HttpResponse:
    problem = stored.CannotGoOnError(stored.Fault.USED, row.application)
    return response.cannot_go_on(request, problem)
