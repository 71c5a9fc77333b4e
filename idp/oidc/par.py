"""Pushed authorization requests (RFC 9126)."""

from math import ceil
from typing import Final

from django.http import HttpResponse, JsonResponse

from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import PUSHED_REQUESTS
from clients.models import Application
from idp.oidc import cors
from idp.oidc.authorize import pushed
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.table import OF_APPLICATION
from idp.oidc.authorize.request import WITHOUT_OWNER, first_error, store
from idp.oidc.client_auth import authenticate
from idp.oidc.dpop import presented
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import ErrorCode, ProtocolError, never_stored
from idp.oidc.parameters import form

_CREDENTIALS: Final = frozenset({"client_secret", "client_assertion", "client_assertion_type"})


@endpoint("par", "POST", reach=cors.Reach.PUBLIC_APPLICATIONS)
def par(request: MachineRequest) -> HttpResponse:
    """Check a request before its resident is sent here, and keep it until the link is opened."""
    parameters = form(request)
    application = request.application = authenticate(request, parameters)
    if "request_uri" in parameters:
        raise ProtocolError(
            ErrorCode.INVALID_REQUEST,
            "A pushed request brings its parameters along: request_uri is not among them.",
            detail="request_uri_pushed",
            parameter="request_uri",
            section="RFC 9126 §2.1",
        )
    asked = Asked(is_pushed=True, proven_jkt=_proven_jkt(request, application))
    asked.application = application
    wish = {name: text for name, text in parameters.items() if name not in _CREDENTIALS}
    asked.parameters = {**wish, "client_id": application.client_id}
    error = first_error(asked, OF_APPLICATION)
    if error is not None:
        raise error
    _count(request, application.client_id)
    row = store(asked, browser_hash="")
    seconds = int(WITHOUT_OWNER.total_seconds())
    answer = {"request_uri": pushed.request_uri(row), "expires_in": seconds}
    return never_stored(JsonResponse(answer, status=201))


def _proven_jkt(request: MachineRequest, application: Application) -> str:
    """Return the key that the code is to be bound to by a proof (RFC 9449 §10.1); empty: none."""
    proof = presented.proof_in(request)
    if proof is None:
        return ""
    presented.use_up(proof, application)
    return proof.jkt


def _count(request: MachineRequest, client_id: str) -> None:
    """Bound the rows that one application may leave (RFC 9126 §2.3)."""
    verdict = hit(PUSHED_REQUESTS, client_id, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        raise ProtocolError(
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            "Too many pushed requests. Wait for as long as Retry-After says.",
            detail="limited_pushed_requests",
            status=429,
            headers={"Retry-After": str(ceil(verdict.wait.total_seconds()))},
            section="RFC 9126 §2.3",
        )
