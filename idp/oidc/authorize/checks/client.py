"""Who asks, and where the answer may be sent."""

import re
from typing import Final

from django.utils import timezone

from clients.models import Application
from idp.oidc import fapi
from idp.oidc.authorize import redirect_uri, response_mode, signed_response, tester_runs
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.refusals import sent, shown
from idp.oidc.errors import AuthorizationError, EndedError, ErrorCode, RedirectedError, ShownError

MAX_STATE: Final = 2048
_STATE: Final = re.compile(r"[\x20-\x7e]*")


def check_client(asked: Asked) -> AuthorizationError | None:
    """Find the application; one that is suspended gets nothing, nor does its organisation."""
    client_id = asked.parameters.get("client_id", "")
    where = {"parameter": "client_id", "section": "RFC 6749 §4.1.1"}
    if not client_id:
        return shown("The parameter client_id is missing.", "missing_client_id", **where)
    rows = Application.objects.select_related("organisation")
    application = rows.filter(client_id=client_id).first()
    if application is None:
        words = "No application has this client_id."
        return ShownError(ErrorCode.INVALID_CLIENT, words, detail="unknown_client", **where)
    if application.is_switched_off:
        words = "Sandbox applications are switched off here."
        return ShownError(ErrorCode.UNAUTHORIZED_CLIENT, words, detail="sandbox_off", **where)
    if _has_ended(application):
        return EndedError(name=application.name, where_to_go=application.where_to_go)
    if not application.is_usable():
        words = "This application is suspended."
        return ShownError(ErrorCode.UNAUTHORIZED_CLIENT, words, detail="not_active", **where)
    asked.application = application
    return None


def _has_ended(application: Application) -> bool:
    """Say whether its day has come, also before the job that ends it has run."""
    if application.status == Application.Status.RETIRED:
        return True
    ends_at = application.retires_at
    return application.is_usable() and ends_at is not None and ends_at <= timezone.now()


def check_redirect_uri(asked: Asked) -> AuthorizationError | None:
    """Take no URI but a registered one, and none by default (OIDC Core §3.1.2.1)."""
    uri = asked.parameters.get("redirect_uri", "")
    where = {"parameter": "redirect_uri", "section": "OIDC Core §3.1.2.1, RFC 9700 §4.1.3"}
    if not uri:
        return shown("The parameter redirect_uri is missing.", "missing_redirect_uri", **where)
    known = asked.application.redirect_uris.split()
    native = asked.application.application_type == Application.Type.NATIVE
    is_registered = redirect_uri.is_registered(uri, known, native=native)
    if not is_registered and not tester_runs.is_begun(asked.application, uri):
        words = "The redirect_uri is not one that is registered for this application."
        return shown(words, "unregistered_redirect_uri", **where)
    asked.redirect_uri = uri
    return None


def check_response_mode(asked: Asked) -> AuthorizationError | None:
    """Take the way of answering first of all: errors go the same way."""
    mode = asked.parameters.get("response_mode", response_mode.DEFAULT)
    modes = response_mode.HIGH if fapi.is_high(asked.application) else response_mode.MODES
    if mode in response_mode.SIGNED and not signed_response.can_sign(asked.application):
        words, detail = "The provider cannot sign now. Try again later.", "no_active_signing_key"
        where = {"parameter": "response_mode", "section": "JARM §2.3"}
        refusal = RedirectedError(ErrorCode.SERVER_ERROR, words, detail=detail, **where)
        return check_state(asked) or refusal
    if mode in modes:
        asked.response_mode = mode
        return None
    words = f"The values of response_mode supported are: {' '.join(modes)}."
    where = {"parameter": "response_mode", "section": "OAuth 2.0 Multiple Response Types §2.1"}
    # With this error, too, the application hears which of its requests it is about.
    return check_state(asked) or sent(words, "unknown_response_mode", **where)


def check_state(asked: Asked) -> AuthorizationError | None:
    """Take the state before all else that is sent back: every error from here on repeats it."""
    state = asked.parameters.get("state", "")
    if bad_state(state):
        words = f"Use printable ASCII for state, {MAX_STATE} characters at most."
        return sent(words, "bad_state", parameter="state", section="RFC 6749 Appendix A.5")
    asked.state = state
    return None


def check_pushed(asked: Asked) -> AuthorizationError | None:
    """Take no other requests of an application that is to push all of its own."""
    if asked.is_pushed or not asked.application.requires_pushed_requests:
        return None
    words = "This application must push its requests: send request_uri alone, with client_id."
    return sent(words, "not_pushed", parameter="request_uri", section="RFC 9126 §6")


def bad_state(state: str) -> bool:
    """Say whether the text cannot be sent back as it came."""
    return len(state) > MAX_STATE or not _STATE.fullmatch(state)
