"""Which key tokens are bound to, and that a bound one comes from whoever holds it (RFC 7800 §3.1).

By DPoP (RFC 9449 §6), a certificate (RFC 8705 §3), or both; without either, a token is good in
anybody's hands, as RFC 6750 has it.
"""

from collections.abc import Mapping
from enum import StrEnum
from hmac import compare_digest
from typing import Final, TypeAlias

from django.http import HttpRequest

from clients.models import Application
from idp.oidc.dpop import presented
from idp.oidc.dpop.proof import RefusedProofError
from idp.oidc.errors import ErrorCode, ProtocolError
from idp.oidc.mtls import certificate
from idp.oidc.mtls.certificate import Certificate, RefusedCertificateError

# The claim `cnf`, empty for a token that is bound to no key.
Confirmation: TypeAlias = Mapping[str, str]
JKT: Final = "jkt"
X5T: Final = "x5t#S256"
_BY_CERTIFICATE: Final = "RFC 8705 §3"


class Scheme(StrEnum):
    """How an access token is presented (RFC 6750 §2.1, RFC 9449 §7.1)."""

    BEARER = "Bearer"
    DPOP = "DPoP"


def of_new_tokens(request: HttpRequest, application: Application) -> Confirmation:
    """Return what the tokens that this request gets are bound to; its proof is used up.

    Raises:
        ProtocolError: invalid_dpop_proof or use_dpop_nonce; invalid_request where the certificate
            is missing or unfit.
    """
    bound = {}
    if application.certificate_bound_access_tokens:
        bound[X5T] = _certificate(request, ErrorCode.INVALID_REQUEST).thumbprint
    proof = presented.proof_in(request)
    if proof is None:
        _check_not_needed(application)
        return bound
    presented.use_up(proof, application)
    return {**bound, JKT: proof.jkt}


def token_type(confirmation: Confirmation) -> Scheme:
    """Return how tokens with this confirmation are to be presented."""
    return Scheme.DPOP if JKT in confirmation else Scheme.BEARER


def goes_on(before: Confirmation, now: Confirmation, *, is_public: bool) -> bool:
    """Say whether tokens bound as `before` may be followed by such as `now`: bound stays bound.

    A public application has to hold the very key, as nothing else tells it from a thief of the
    refresh token (RFC 9449 §5).
    """
    return before == now if is_public and before else before.keys() <= now.keys()


def check_holder(
    request: HttpRequest,
    *,
    token: str,
    scheme: Scheme,
    confirmation: Confirmation,
    application: Application,
) -> None:
    """Refuse an access token whose key the request does not prove to hold; its proof is used up.

    Raises:
        ProtocolError: invalid_token for the wrong scheme (RFC 9449 §7.1), invalid_dpop_proof or
            use_dpop_nonce; invalid_token for the wrong certificate (RFC 8705 §3); all with status
            401, without a challenge.
    """
    if scheme is not token_type(confirmation):
        # §7.2: as a bearer token it would be good in a thief's hands, too.
        raise _wrong_scheme(scheme)
    if X5T in confirmation:
        _check_certificate(request, confirmation[X5T])
    if scheme is Scheme.BEARER:
        return
    try:
        proof = presented.proof_in(request)
        if proof is None:
            raise _missing()
        proof.check_access_token(token)
        if proof.jkt != confirmation[JKT]:
            raise _other_key()
        presented.use_up(proof, application)
    except RefusedProofError as error:
        raise _unauthenticated(presented.refused(error)) from error
    except ProtocolError as error:
        raise _unauthenticated(error) from error


def _check_certificate(request: HttpRequest, thumbprint: str) -> None:
    try:
        found = _certificate(request, ErrorCode.INVALID_TOKEN)
    except ProtocolError as error:
        raise _unauthenticated(error) from error
    if not compare_digest(found.thumbprint, thumbprint):
        raise _unauthenticated(
            ProtocolError(
                ErrorCode.INVALID_TOKEN,
                "The access token is bound to another certificate than that of the request.",
                detail="certificate_other",
                section=_BY_CERTIFICATE,
            )
        )


def _certificate(request: HttpRequest, code: ErrorCode) -> Certificate:
    try:
        return certificate.required(request)
    except RefusedCertificateError as error:
        raise ProtocolError(
            code,
            "The tokens of this application are bound to its certificate: come with it, in date,"
            " to the endpoint of mtls_endpoint_aliases.",
            detail=error.reason,
            section=_BY_CERTIFICATE,
        ) from error


def _check_not_needed(application: Application) -> None:
    if application.dpop_bound_access_tokens:
        raise _missing()


def _missing() -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_DPOP_PROOF,
        "Send a DPoP header with a proof.",
        detail="dpop_missing",
        section="RFC 9449 §5",
    )


def _other_key() -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_TOKEN,
        "The access token is bound to another key than that of the proof.",
        detail="dpop_other_key",
        section="RFC 9449 §7.1",
    )


def _wrong_scheme(scheme: Scheme) -> ProtocolError:
    words = {
        Scheme.BEARER: "The access token is bound to a key: send it by the scheme DPoP.",
        Scheme.DPOP: "The access token is bound to no key: send it by the scheme Bearer.",
    }
    return _unauthenticated(
        ProtocolError(
            ErrorCode.INVALID_TOKEN,
            words[scheme],
            detail=f"wrong_scheme_{scheme.lower()}",
            section="RFC 9449 §7.1",
        )
    )


def _unauthenticated(error: ProtocolError) -> ProtocolError:
    error.status = 401
    return error
