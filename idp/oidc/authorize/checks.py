"""What an authorization request must be, check by check, in this order.

Until the redirect URI is known to be the application's own, an error is shown on a page of ours;
from there on it is sent back to the application (RFC 6749 §4.1.2.1).
"""

import re
from collections.abc import Callable
from typing import Final

from accounts.pages import languages
from clients.models import Application
from idp.oidc import assurance, parameters
from idp.oidc.authorize import hint, redirect_uri, scopes
from idp.oidc.authorize.asked import Asked
from idp.oidc.errors import (
    AuthorizationError,
    ErrorCode,
    ProtocolError,
    RedirectedError,
    ShownError,
)

MAX_BYTES: Final = 16 * 1024
MAX_STATE: Final = 2048
MAX_NONCE: Final = 1024
MAX_LOGIN_HINT: Final = 254
_BROKEN_PERCENT: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_STATE: Final = re.compile(r"[\x20-\x7e]*")
_SCOPE: Final = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_SECONDS: Final = re.compile(r"[0-9]{1,10}")
PROMPTS: Final = ("none", "login", "consent", "select_account", "create")
_BY_REQUEST: Final = {
    "request": ErrorCode.REQUEST_NOT_SUPPORTED,
    "request_uri": ErrorCode.REQUEST_URI_NOT_SUPPORTED,
    "registration": ErrorCode.REGISTRATION_NOT_SUPPORTED,
}


Check = Callable[[Asked], AuthorizationError | None]


def check_size(asked: Asked) -> AuthorizationError | None:
    """Bound the whole before anything looks into it."""
    if len(asked.raw) <= MAX_BYTES:
        return None
    return _shown("The request is too large.", "too_large", section="RFC 6749 §3.1")


def check_encoding(asked: Asked) -> AuthorizationError | None:
    """Refuse what is no form encoding: two readers would read two requests."""
    if not _BROKEN_PERCENT.search(asked.raw):
        return None
    words = "A percent sign is not followed by two hexadecimal digits."
    return _shown(words, "malformed_percent", section="RFC 3986 §2.1")


def check_duplicates(asked: Asked) -> AuthorizationError | None:
    """Take each parameter once, as UTF-8 without NUL; an empty one counts as absent."""
    try:
        asked.parameters = parameters.parse(asked.raw)
    except ProtocolError as error:
        return _shown(error.public, error.detail, section="RFC 6749 §3.1")
    return None


def check_client(asked: Asked) -> AuthorizationError | None:
    """Find the application; one that is suspended gets nothing, nor does its organisation."""
    client_id = asked.parameters.get("client_id", "")
    rows = Application.objects.select_related("organisation")
    application = rows.filter(client_id=client_id).first() if client_id else None
    where = {"parameter": "client_id", "section": "RFC 6749 §4.1.1"}
    if application is None:
        words = "No application has this client_id."
        return ShownError(ErrorCode.INVALID_CLIENT, words, detail="unknown_client", **where)
    if not application.is_usable():
        words = "This application is suspended."
        return ShownError(ErrorCode.UNAUTHORIZED_CLIENT, words, detail="not_active", **where)
    asked.application = application
    return None


def check_redirect_uri(asked: Asked) -> AuthorizationError | None:
    """Take no URI but a registered one, and none by default (OIDC Core §3.1.2.1)."""
    uri = asked.parameters.get("redirect_uri", "")
    where = {"parameter": "redirect_uri", "section": "OIDC Core §3.1.2.1, RFC 9700 §4.1.3"}
    if not uri:
        return _shown("The parameter redirect_uri is missing.", "missing_redirect_uri", **where)
    known = asked.application.redirect_uris.split()
    native = asked.application.application_type == Application.Type.NATIVE
    if not redirect_uri.is_registered(uri, known, native=native):
        words = "The redirect_uri is not one that is registered for this application."
        return _shown(words, "unregistered_redirect_uri", **where)
    asked.redirect_uri = uri
    return None


def check_state(asked: Asked) -> AuthorizationError | None:
    """Take the state first of all that is sent back: every error from here on repeats it."""
    state = asked.parameters.get("state", "")
    if bad_state(state):
        words = f"Use printable ASCII for state, {MAX_STATE} characters at most."
        return _sent(words, "bad_state", parameter="state", section="RFC 6749 Appendix A.5")
    asked.state = state
    return None


def bad_state(state: str) -> bool:
    """Say whether the text cannot be sent back as it came."""
    return len(state) > MAX_STATE or not _STATE.fullmatch(state)


def check_request_object(asked: Asked) -> AuthorizationError | None:
    """Refuse what would change the meaning of all the rest (OIDC Core §3.1.2.6)."""
    for name, code in _BY_REQUEST.items():
        if name in asked.parameters:
            return RedirectedError(
                code,
                f"The parameter {name} is not supported.",
                detail=f"{name}_used",
                parameter=name,
                section="OIDC Core §3.1.2.6",
            )
    return None


def check_response_type(asked: Asked) -> AuthorizationError | None:
    """Answer with a code and nothing else (RFC 9700 §2.1.2)."""
    where = {"parameter": "response_type", "section": "RFC 6749 §3.1.1"}
    response_type = asked.parameters.get("response_type", "")
    if not response_type:
        return _sent("The parameter response_type is missing.", "missing_response_type", **where)
    if response_type != "code":
        words, code = "Only the response_type code is supported.", "response_type_not_code"
        return RedirectedError(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, words, detail=code, **where)
    if "authorization_code" not in asked.application.grant_types:
        words, code = "This application may not use the authorization code.", "grant_not_allowed"
        return RedirectedError(ErrorCode.UNAUTHORIZED_CLIENT, words, detail=code, **where)
    return None


def check_response_mode(asked: Asked) -> AuthorizationError | None:
    """Answer in the query, the default for a code."""
    if asked.parameters.get("response_mode", "query") == "query":
        return None
    return _sent(
        "Only the response_mode query is supported.",
        "response_mode_not_query",
        parameter="response_mode",
        section="OAuth 2.0 Multiple Response Types §2.1",
    )


def check_scope(asked: Asked) -> AuthorizationError | None:
    """Take the scopes that the application may ask for; openid must be one (OIDC Core §3.1.2.1).

    Others are left out, as unknown ones must be: the token response names what was granted
    (RFC 6749 §3.3), and nobody learns from an error what exists.
    """
    text = asked.parameters.get("scope", "")
    if not _SCOPE.fullmatch(text) or "openid" not in text.split(" "):
        words = "The scope must contain openid."
        where = {"parameter": "scope", "section": "OIDC Core §3.1.2.1"}
        return RedirectedError(ErrorCode.INVALID_SCOPE, words, detail="no_openid", **where)
    asked.scopes = scopes.allowed(asked.application, text.split(" "))
    return None


def check_pkce(asked: Asked) -> AuthorizationError | None:
    """Require a code challenge, hashed: a plain one protects nothing (RFC 9700 §2.1.1)."""
    challenge = asked.parameters.get("code_challenge", "")
    # RFC 7636 §4.3: without the parameter, the method is plain.
    method = asked.parameters.get("code_challenge_method", "plain")
    if not challenge or method != "S256":
        words = "Send code_challenge with code_challenge_method S256."
        where = {"parameter": "code_challenge_method", "section": "RFC 7636 §4.4.1"}
        return _sent(words, "no_s256_challenge", **where)
    if not _CHALLENGE.fullmatch(challenge):
        words = "The code_challenge must be 43 characters of base64url."
        where = {"parameter": "code_challenge", "section": "RFC 7636 §4.2"}
        return _sent(words, "bad_challenge", **where)
    asked.code_challenge = challenge
    return None


def check_prompt(asked: Asked) -> AuthorizationError | None:
    """Take the prompts we know, none only alone (OIDC Core §3.1.2.1)."""
    prompts = asked.parameters.get("prompt", "").split()
    where = {"parameter": "prompt", "section": "OIDC Core §3.1.2.1"}
    if not set(prompts) <= set(PROMPTS):
        words = f"The prompts supported are: {' '.join(PROMPTS)}."
        return _sent(words, "unknown_prompt", **where)
    if "none" in prompts and len(prompts) > 1:
        return _sent("The prompt none stands alone.", "none_with_others", **where)
    asked.prompts = prompts
    return None


def check_max_age(asked: Asked) -> AuthorizationError | None:
    """Take max_age as whole seconds, 0 too (OIDC Core §3.1.2.1)."""
    text = asked.parameters.get("max_age")
    if text is None:
        return None
    if not _SECONDS.fullmatch(text):
        words = "The max_age must be a whole number of seconds."
        where = {"parameter": "max_age", "section": "OIDC Core §3.1.2.1"}
        return _sent(words, "bad_max_age", **where)
    asked.max_age = int(text)
    return None


def check_acr_values(asked: Asked) -> AuthorizationError | None:
    """Take the levels that we know; others are for other providers (OIDC Core §3.1.2.1)."""
    asked.acr_values = assurance.known(asked.parameters.get("acr_values", "").split(" "))
    return None


def check_ui_locales(asked: Asked) -> AuthorizationError | None:
    """Take the first language that we have; none is no error (OIDC Core §3.1.2.1)."""
    asked.language = languages.first_of(asked.parameters.get("ui_locales", "").split(" "))
    return None


def check_nonce(asked: Asked) -> AuthorizationError | None:
    """Take the nonce unchanged or not at all: a shortened one would never match."""
    nonce = asked.parameters.get("nonce", "")
    if len(nonce) > MAX_NONCE:
        words = f"The nonce must be at most {MAX_NONCE} characters."
        return _sent(words, "long_nonce", parameter="nonce", section="OIDC Core §3.1.2.1")
    asked.nonce = nonce
    return None


def check_hints(asked: Asked) -> AuthorizationError | None:
    """Take login_hint if it can be a name; id_token_hint must be ours (OIDC Core §3.1.2.1)."""
    login_hint = asked.parameters.get("login_hint", "")
    if len(login_hint) <= MAX_LOGIN_HINT and login_hint.isprintable():
        asked.login_hint = login_hint
    token = asked.parameters.get("id_token_hint")
    if token is None:
        return None
    try:
        asked.expected_account = hint.account_of(token, asked.application)
    except hint.NotOurs as error:
        words = "The id_token_hint is not an ID token of ours for this application."
        where = {"parameter": "id_token_hint", "section": "OIDC Core §3.1.2.1"}
        return _sent(words, f"hint_{error.reason}", **where)
    return None


# What every request of a browser must pass, whatever it asks.
BOUNDS: Final[tuple[Check, ...]] = (check_size, check_encoding, check_duplicates)
CHECKS: Final[tuple[Check, ...]] = (
    *BOUNDS,
    check_client,
    check_redirect_uri,
    check_state,
    check_request_object,
    check_response_type,
    check_response_mode,
    check_scope,
    check_pkce,
    check_prompt,
    check_max_age,
    check_acr_values,
    check_ui_locales,
    check_nonce,
    check_hints,
)


def _shown(public: str, detail: str, *, section: str, parameter: str = "") -> ShownError:
    code = ErrorCode.INVALID_REQUEST
    return ShownError(code, public, detail=detail, parameter=parameter, section=section)


def _sent(public: str, detail: str, *, section: str, parameter: str) -> RedirectedError:
    code = ErrorCode.INVALID_REQUEST
    return RedirectedError(code, public, detail=detail, parameter=parameter, section=section)
