"""Vectors of trust (RFC 8485): the other way of asking how residents must sign in."""

from typing import Final

from idp.oidc import vectors
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.refusals import sent
from idp.oidc.errors import AuthorizationError, ErrorCode, RedirectedError
from idp.oidc.vectors import Fault, UnfitVectorsError

_WORDS: Final = {
    Fault.MALFORMED: "The vtr must be a JSON array of vectors, such as [Cl.Cm] with its quotes.",
    Fault.UNKNOWN: "The vectors supported are Cl and Cl.Cm, with P0 or without.",
    Fault.IDENTITY_CHECK: "Nobody's identity is checked here: ask for P0, or name no P at all.",
}


def check_vtr(asked: Asked) -> AuthorizationError | None:
    """Ask for the levels of these vectors, and answer in the same words.

    Beside `acr_values` it is refused: of two wishes, either one might be the one that is meant.
    """
    vtr = asked.parameters.get("vtr")
    if vtr is None:
        return None
    where = {"parameter": "vtr", "section": "RFC 8485 §4.1"}
    if "acr_values" in asked.parameters:
        return sent("Send vtr or acr_values, not both.", "vtr_and_acr_values", **where)
    try:
        asked.acr_values = vectors.acr_values(vtr)
    except UnfitVectorsError as error:
        code = ErrorCode.INVALID_REQUEST
        if error.fault is Fault.IDENTITY_CHECK:
            code = ErrorCode.UNMET_AUTHENTICATION_REQUIREMENTS
        return RedirectedError(code, _WORDS[error.fault], detail=error.fault, **where)
    asked.vot_asked = True
    return None
