"""Begins runs and takes their answers."""

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.security.encryption import decrypt, encrypt
from accounts.security.tokens import random_token
from clients.models import Application
from idp.keys import jwt
from idp.keys.queries import NoSigningKeyError
from idp.models import TesterRun
from idp.oidc import codes, refusals
from idp.oidc.authorize import tester_runs
from idp.oidc.errors import ProtocolError
from idp.oidc.standing import Fallen
from idp.portal.tester import rules
from idp.portal.tester.rules import Check, Expected, Mistake

LIFETIME: Final = timedelta(hours=1)
# What an answer may hold (RFC 6749 §4.1.2, RFC 9207), but for the code.
_KEPT: Final = ("state", "iss", "error", "error_description")
_LONGEST: Final = 2500
Checks = dict[str, bool]
_SIGNED_CLAIMS: Final = ("iss", "aud", "exp")  # JARM §2.1


@transaction.atomic
def begin(
    *,
    application: Application,
    parameters: Mapping[str, str],
    with_pkce: bool,
    mistake: Mistake,
    browser_hash: str,
) -> TesterRun:
    """Keep a request that is about to be sent by this browser; `sent` is what it holds."""
    verifier = random_token()
    run = TesterRun(
        application=application,
        browser_hash=browser_hash,
        verifier=encrypt(verifier.encode()) if with_pkce else "",
        expires_at=timezone.now() + LIFETIME,
    )
    sent = {
        "client_id": application.client_id,
        "response_type": "code",
        "redirect_uri": tester_runs.address(run),
        **parameters,
    }
    if with_pkce:
        digest = sha256(verifier.encode()).digest()
        sent["code_challenge"] = urlsafe_b64encode(digest).rstrip(b"=").decode()
        sent["code_challenge_method"] = "S256"
    run.sent = {"parameters": sent, "mistake": mistake}
    run.save(force_insert=True)
    return run


def take(*, run: TesterRun, answer: Mapping[str, str]) -> None:
    """Take the answer of a run, once: exchange its code, and keep what the ID token says.

    Codes and tokens are kept nowhere: nobody uses the tokens, and they end by themselves.
    """
    with transaction.atomic():
        waiting = TesterRun.objects.filter(pk=run.pk, returned_at=None)
        if not waiting.update(returned_at=timezone.now()):
            return
    returned = _returned(run, answer)
    with transaction.atomic():
        TesterRun.objects.filter(pk=run.pk).update(returned=returned, verifier="")


def _returned(run: TesterRun, answer: Mapping[str, str]) -> dict[str, Any]:
    expected = _expected(run)
    try:
        answer, checks = _opened(answer, expected)
    except jwt.NotOurs:
        return {"answer": {}, "checks": {Check.SIGNED_ANSWER: False}}
    kept = {name: _visible(answer[name][:_LONGEST]) for name in _KEPT if answer.get(name)}
    returned: dict[str, Any] = {"answer": kept, "checks": checks | rules.of_answer(kept, expected)}
    if not answer.get("code"):
        return returned
    try:
        given = codes.redeem(_redemption(run, answer["code"])).answer
    except NoSigningKeyError:
        return returned | {"refused": _failed(refusals.cannot_sign())}
    except ProtocolError as error:
        return returned | {"refused": _failed(error)}
    token = {name: given[name] for name in ("token_type", "expires_in", "scope") if name in given}
    return returned | {"token": token} | _read(given.get("id_token", ""), returned, expected)


def _opened(answer: Mapping[str, str], expected: Expected) -> tuple[Mapping[str, str], Checks]:
    """Return what an answer holds, out of its JWT if it came in one (JARM §2.4).

    Raises:
        NotOurs: the JWT is not to be trusted.
    """
    if "response" not in answer:
        return answer, {}
    claims = jwt.verify(
        answer["response"],
        typ=jwt.Typ.AUTHORIZATION_RESPONSE,
        audience=expected.client_id,
        required=_SIGNED_CLAIMS,
    )
    told = {name: value for name, value in claims.items() if isinstance(value, str)}
    return told, {Check.SIGNED_ANSWER: True}


def _visible(text: str) -> str:
    """Mark what would turn a line around, hide in it, or be refused by the database."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _failed(error: ProtocolError) -> dict[str, str]:
    # Why a resident's agreement or sign-in ended is between them and us, of made-up people too.
    reason = "ended" if isinstance(error.detail, Fallen) else error.detail
    return {"error": error.code, "reason": reason}


def _redemption(run: TesterRun, code: str) -> codes.Redemption:
    mistake = run.sent["mistake"]
    verifier = decrypt(run.verifier).decode() if run.verifier else ""
    address = str(run.sent["parameters"]["redirect_uri"])
    return codes.Redemption(
        application=run.application,
        code=code,
        redirect_uri=f"{address}x" if mistake == Mistake.REDIRECT_URI else address,
        verifier=random_token() if mistake == Mistake.VERIFIER else verifier,
        resource=None,
        cnf={},
        at=timezone.now(),
    )


def _read(id_token: str, returned: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    if not id_token:
        return {}
    header, claims = jwt.read_unverified(id_token)
    try:
        jwt.verify(id_token, typ=jwt.Typ.ID_TOKEN, audience=expected.client_id)
        is_signed = True
    except jwt.NotOurs:
        is_signed = False
    checks = rules.of_id_token(claims, expected, is_signed=is_signed)
    return {"header": header, "claims": claims, "checks": {**returned["checks"], **checks}}


def _expected(run: TesterRun) -> Expected:
    sent, mistake = run.sent["parameters"], run.sent["mistake"]
    other = random_token()
    return Expected(
        issuer=settings.ISSUER,
        client_id=run.application.client_id,
        state=other if mistake == Mistake.STATE else sent.get("state", ""),
        nonce=other if mistake == Mistake.NONCE else sent.get("nonce", ""),
        now=time.time(),
    )
