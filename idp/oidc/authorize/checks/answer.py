"""What the application wants to get, and in which way: response, scopes, PKCE, nonce."""

import re
from typing import Final

from clients.models import Application
from idp.oidc.authorize import scopes
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.refusals import sent
from idp.oidc.errors import AuthorizationError, ErrorCode, RedirectedError

MAX_NONCE: Final = 1024
_SCOPE: Final = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_THUMBPRINT: Final = _CHALLENGE


def check_response_type(asked: Asked) -> AuthorizationError | None:
    """Answer with a code and nothing else (RFC 9700 §2.1.2)."""
    where = {"parameter": "response_type", "section": "RFC 6749 §3.1.1"}
    response_type = asked.parameters.get("response_type", "")
    if not response_type:
        return sent("The parameter response_type is missing.", "missing_response_type", **where)
    if response_type != "code":
        words, code = "Only the response_type code is supported.", "response_type_not_code"
        return RedirectedError(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, words, detail=code, **where)
    if "authorization_code" not in asked.application.grant_types:
        words, code = "This application may not use the authorization code.", "grant_not_allowed"
        return RedirectedError(ErrorCode.UNAUTHORIZED_CLIENT, words, detail=code, **where)
    return None


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
    """Require a code challenge, hashed: a plain one protects nothing (RFC 9700 §2.1.1).

    Without one the code is bound to nothing, so the token endpoint takes no verifier (§4.8.2).
    """
    if _needs_no_challenge(asked):
        return None
    challenge = asked.parameters.get("code_challenge", "")
    # RFC 7636 §4.3: without the parameter, the method is plain.
    method = asked.parameters.get("code_challenge_method", "plain")
    if not challenge or method != "S256":
        words = "Send code_challenge with code_challenge_method S256."
        where = {"parameter": "code_challenge_method", "section": "RFC 7636 §4.4.1"}
        return sent(words, "no_s256_challenge", **where)
    if not _CHALLENGE.fullmatch(challenge):
        words = "The code_challenge must be 43 characters of base64url."
        where = {"parameter": "code_challenge", "section": "RFC 7636 §4.2"}
        return sent(words, "bad_challenge", **where)
    asked.code_challenge = challenge
    return None


def check_dpop_jkt(asked: Asked) -> AuthorizationError | None:
    """Take the key whose proofs alone are to redeem the code: the one named, and the one proven."""
    named = asked.parameters.get("dpop_jkt", "")
    if named and not _THUMBPRINT.fullmatch(named):
        words = "The dpop_jkt must be a thumbprint by SHA-256, 43 characters of base64url."
        return sent(words, "bad_dpop_jkt", parameter="dpop_jkt", section="RFC 9449 §10")
    if named and asked.proven_jkt not in ("", named):
        words = "The dpop_jkt is not the key of the proof in the DPoP header."
        return sent(words, "dpop_jkt_differs", parameter="dpop_jkt", section="RFC 9449 §10.1")
    asked.dpop_jkt = named or asked.proven_jkt
    return None


def _needs_no_challenge(asked: Asked) -> bool:
    sent_any = {"code_challenge", "code_challenge_method"} & asked.parameters.keys()
    return bool(asked.application.pkce == Application.Pkce.OPTIONAL and not sent_any)


def check_nonce(asked: Asked) -> AuthorizationError | None:
    """Take the nonce unchanged or not at all: a shortened one would never match."""
    nonce = asked.parameters.get("nonce", "")
    if len(nonce) > MAX_NONCE:
        words = f"The nonce must be at most {MAX_NONCE} characters."
        return sent(words, "long_nonce", parameter="nonce", section="OIDC Core §3.1.2.1")
    asked.nonce = nonce
    return None
