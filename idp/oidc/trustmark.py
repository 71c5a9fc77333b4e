"""Which vectors of trust there are here (RFC 8485 §5), told as GOV.UK One Login tells it."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from idp.oidc import cors
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.vectors import VECTOR_OF


@endpoint("trustmark", "GET", reach=cors.Reach.ANY_PAGE)
def trustmark(_request: MachineRequest) -> HttpResponse:
    """Return the values of each component that a `vot` can have."""
    issuer = settings.ISSUER
    body = {
        "idp": issuer,
        "trustmark_provider": issuer,
        "C": sorted(set(VECTOR_OF.values())),
        "P": ["P0"],
    }
    return JsonResponse(body, headers={"Cache-Control": "public, max-age=3600"})
