"""The userinfo endpoint (OIDC Core §5.3)."""

from django.http import HttpResponse, JsonResponse

from idp.oidc import bearer, claims, cors
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import never_stored


@endpoint("userinfo", "GET", "POST", reach=cors.Reach.PUBLIC_APPLICATIONS)
def userinfo(request: MachineRequest) -> HttpResponse:
    """Return what the resident agreed to share, as it is now."""
    presented = bearer.authenticate(request)
    request.application = presented.application
    bearer.require_scope(presented, "openid")
    shared = claims.shared(
        presented.account,
        scopes=presented.scopes,
        asked=presented.claims,
        agreed=presented.consent.claims,
    )
    return never_stored(JsonResponse({"sub": presented.subject, **shared}))
