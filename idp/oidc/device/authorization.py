"""The endpoint where a device asks to be let in (RFC 8628 §3.1, §3.2)."""

from math import ceil
from typing import Final

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.utils.http import urlencode

from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import DEVICE_AUTHORIZATION
from clients.models import Application
from idp.oidc import cors, device_addresses, device_codes
from idp.oidc.authorize.asked import Asked
from idp.oidc.authorize.checks.answer import check_scope
from idp.oidc.authorize.checks.interaction import check_acr_values, check_defaults
from idp.oidc.authorize.checks.resource import check_resource
from idp.oidc.authorize.request import first_error
from idp.oidc.client_auth import authenticate
from idp.oidc.device import operations, user_codes
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import ErrorCode, ProtocolError, never_stored
from idp.oidc.parameters import form

_SECTION: Final = "RFC 8628 §3.1"
# What else authorization requests hold has no meaning here and is ignored (§3.1).
_CHECKS: Final = (check_scope, check_resource, check_acr_values, check_defaults)


# No web page shows codes for another screen: it can send its residents here itself.
@endpoint("device-authorization", "POST", reach=cors.Reach.NOBODY)
def device_authorization(request: MachineRequest) -> HttpResponse:
    """Give a device the code that it polls with, and the one that its owner types here."""
    parameters = form(request)
    application = request.application = authenticate(request, parameters)
    _check_grant(application)
    asked = Asked()
    asked.application, asked.parameters = application, parameters
    error = first_error(asked, _CHECKS)
    if error is not None:
        raise error
    _count(request, application.client_id)
    return never_stored(JsonResponse(_answer(application, operations.ask(asked=asked))))


def _check_grant(application: Application) -> None:
    if device_codes.GRANT_TYPE not in application.grant_types:
        raise ProtocolError(
            ErrorCode.UNAUTHORIZED_CLIENT,
            "This application is not registered for device codes.",
            detail="grant_type_not_registered",
            section=_SECTION,
        )


def _count(request: MachineRequest, client_id: str) -> None:
    """Bound the rows that one application, or whoever says that they are it, may leave."""
    verdict = hit(DEVICE_AUTHORIZATION, client_id, network_of(request.META["REMOTE_ADDR"]))
    if not verdict.allowed:
        raise ProtocolError(
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            "Too many device codes. Wait for as long as Retry-After says.",
            detail="limited_device_authorization",
            status=429,
            headers={"Retry-After": str(ceil(verdict.wait.total_seconds()))},
            section=_SECTION,
        )


def _answer(application: Application, codes: operations.Codes) -> dict[str, str | int]:
    user_code = user_codes.shown(codes.user_code)
    with_code = urlencode({"user_code": user_code})
    opened = (
        f"{settings.ISSUER}{device_addresses.of(application, device_addresses.OPEN)}?{with_code}"
    )
    return {
        "device_code": codes.device_code,
        "user_code": user_code,
        "verification_uri": settings.ISSUER + device_addresses.of(application),
        "verification_uri_complete": opened,
        "expires_in": int(settings.DEVICE_CODE_LIFETIME.total_seconds()),
        "interval": device_codes.INTERVAL,
    }
