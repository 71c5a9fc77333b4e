"""The proof that a request brings, or why it is refused (RFC 9449 §4, §8)."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from clients.models import Application
from idp.oidc import used_once
from idp.oidc.dpop import nonces
from idp.oidc.dpop.proof import LIFETIME, Proof, RefusedProofError, checked
from idp.oidc.errors import ErrorCode, ProtocolError

HEADER: Final = "DPoP"
NONCE_HEADER: Final = "DPoP-Nonce"


def proof_in(request: HttpRequest) -> Proof | None:
    """Return the proof in the request's header, right in all but that it may have been used.

    Raises:
        ProtocolError: invalid_dpop_proof, or use_dpop_nonce with a nonce to try again with (§8).
    """
    text = request.headers.get(HEADER)
    if text is None:
        return None
    now = timezone.now()
    try:
        # Two headers come here joined by a comma, which is in no JWT: of two, no proof is chosen.
        proof = checked(
            text,
            method=request.method or "",
            addresses=[f"{origin}{request.path}" for origin in _origins()],
            now=now,
        )
    except RefusedProofError as error:
        raise refused(error) from error
    if not nonces.is_good(proof.nonce, now):
        raise ProtocolError(
            ErrorCode.USE_DPOP_NONCE,
            "Put the nonce of the DPoP-Nonce header into a new proof and send the request again,"
            " with a new client assertion if it had one.",
            detail="dpop_nonce_stale" if proof.nonce else "dpop_nonce_missing",
            section="RFC 9449 §8",
        )
    return proof


def _origins() -> list[str]:
    """Return under which names our endpoints go (RFC 8705 §5)."""
    return [settings.ISSUER, *([settings.MTLS_ADDRESS] if settings.MTLS_ADDRESS else [])]


def use_up(proof: Proof, application: Application) -> None:
    """Let the proof be good no more (§11.1); of twenty requests at once with it, one goes on.

    Raises:
        ProtocolError: invalid_dpop_proof; it was used before.
    """
    # With its key: nobody can use up the names that another key's proofs will have.
    jti, expires_at = f"dpop {proof.jkt} {proof.jti}", timezone.now() + LIFETIME
    try:
        used_once.use_up(application=application, jti=jti, expires_at=expires_at)
    except used_once.UsedBeforeError as error:
        raise ProtocolError(
            ErrorCode.INVALID_DPOP_PROOF,
            "The proof was used before: make a new one, with its own jti, for each request.",
            detail="dpop_used_before",
            section="RFC 9449 §11.1",
        ) from error


def refused(error: RefusedProofError) -> ProtocolError:
    """Return the refusal as an endpoint answers it."""
    code, parameter = ErrorCode.INVALID_DPOP_PROOF, "htu" if error.htu else ""
    found = ProtocolError(
        code, error.public, detail=error.reason, parameter=parameter, section=error.section
    )
    found.sent = error.htu
    return found


def supply_nonce(request: HttpRequest, response: HttpResponse) -> None:
    """Tell whoever sends proofs which nonce the next one is to hold (§8.2)."""
    if HEADER in request.headers:
        response[NONCE_HEADER] = nonces.current(timezone.now())
