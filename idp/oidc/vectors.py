"""Vectors of trust (RFC 8485), as GOV.UK One Login uses them: how strong a sign-in, who checked.

`Cl` is one factor and `Cl.Cm` two; `P0` is nobody's identity checked, which is all there is here.
"""

import re
from enum import StrEnum
from typing import Final

from django.conf import settings

from accounts.assurance import Level
from idp.oidc.assurance import ACR, LEVEL_OF

MAX_LENGTH: Final = 500
VECTOR_OF: Final = {
    Level.ONE_FACTOR: "Cl",
    Level.TWO_FACTORS: "Cl.Cm",
    # No vector says more.
    Level.PHISHING_RESISTANT: "Cl.Cm",
}
_VECTOR: Final = r'"[A-Z][a-z0-9](?:\.[A-Z][a-z0-9])*"'
# §4.1: a JSON array of texts. No component holds what JSON would escape.
_VTR: Final = re.compile(rf"\[[ \t\r\n]*{_VECTOR}(?:[ \t\r\n]*,[ \t\r\n]*{_VECTOR})*[ \t\r\n]*\]")
_LEVELS: Final = {
    frozenset({"Cl"}): Level.ONE_FACTOR,
    frozenset({"Cl", "Cm"}): Level.TWO_FACTORS,
}


class Fault(StrEnum):
    """Why no vector that is asked for can be given."""

    MALFORMED = "vtr_malformed"
    UNKNOWN = "vtr_unknown"
    IDENTITY_CHECK = "identity_check_not_offered"


class UnfitVectorsError(ValueError):
    """None of the vectors will do; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def acr_values(vtr: str) -> list[str]:
    """Return what the vectors ask for as `acr_values` would, in their order.

    Of several, those that cannot be given are passed over: any one will do (§4.1).

    Raises:
        UnfitVectorsError: none can be given, or the parameter is no array of vectors.
    """
    if len(vtr) > MAX_LENGTH or not _VTR.fullmatch(vtr.strip(" \t\r\n")):
        raise UnfitVectorsError(Fault.MALFORMED)
    vectors = [frozenset(text.split(".")) for text in re.findall(r'"([^"]+)"', vtr)]
    levels = [_LEVELS.get(vector - {"P0"}) for vector in vectors]
    values = dict.fromkeys(ACR[level] for level in levels if level is not None)
    if not values:
        # Never answered lower: the service would believe that somebody saw a passport.
        checked = any(part[0] == "P" and part != "P0" for vector in vectors for part in vector)
        raise UnfitVectorsError(Fault.IDENTITY_CHECK if checked else Fault.UNKNOWN)
    return list(values)


def vot(acr: str) -> str:
    """Return the vector that says of a sign-in what its `acr` says (§3.1)."""
    return VECTOR_OF[LEVEL_OF[acr]]


def trustmark_address() -> str:
    """Return where it is told what the components mean: the claim `vtm` (§3.1, §5)."""
    return f"{settings.ISSUER}/trustmark"
