"""The token endpoint (RFC 6749 §3.2, OIDC Core §3.1.3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from accounts.limits.table import CODE_EXCHANGE
from clients.models import Application
from idp.keys.queries import NoSigningKeyError
from idp.oidc import (
    client_auth,
    client_credentials,
    codes,
    confirmation,
    cors,
    device_codes,
    refresh,
    refusals,
)
from idp.oidc.confirmation import Confirmation
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import ErrorCode, ProtocolError, never_stored
from idp.oidc.failures import counted
from idp.oidc.parameters import form, required
from idp.oidc.refusals import NotTheirsError


@dataclass(frozen=True)
class Asked:
    """A token request of somebody who proved who they are.

    `callers`: their rows, several where one calls several resources. `cnf`: the key that the tokens
    will be bound to. `at`: when it arrived.
    """

    callers: Sequence[Any]
    parameters: Mapping[str, str] = field(repr=False)
    cnf: Confirmation
    at: datetime


GrantType = Callable[[Asked], dict[str, Any] | codes.Redeemed]


@endpoint("token", "POST", reach=cors.Reach.PUBLIC_APPLICATIONS)
def token(request: MachineRequest) -> HttpResponse:
    """Give tokens for a code, a refresh token, a device or an application's own credentials."""
    # Before any lock: of requests that come together, the last may wait long for its turn.
    arrived = timezone.now()
    parameters = form(request)
    callers = _callers(request, parameters)
    application = request.application = callers[0]
    grant_type = _grant_type(application, parameters)
    cnf = confirmation.of_new_tokens(request, application)
    try:
        given = grant_type(Asked(callers, parameters, cnf, arrived))
    except NotTheirsError as refusal:
        raise counted(refusal, CODE_EXCHANGE, application.client_id, request) from refusal
    except NoSigningKeyError as error:
        raise refusals.cannot_sign() from error
    request.grant_type = parameters["grant_type"]
    if isinstance(given, codes.Redeemed):
        request.protected_by, given = given.protected_by, given.answer
    return never_stored(JsonResponse(given))


def _callers(request: MachineRequest, parameters: Mapping[str, str]) -> Sequence[Any]:
    if parameters.get("grant_type") == client_credentials.GRANT_TYPE:
        return client_auth.authenticated(request, parameters, client_credentials.callers())
    return [client_auth.authenticate(request, parameters)]


def _grant_type(application: Application, parameters: Mapping[str, str]) -> GrantType:
    name = required(parameters, "grant_type")
    if name not in GRANT_TYPES:
        raise ProtocolError(
            ErrorCode.UNSUPPORTED_GRANT_TYPE,
            f"grant_type must be one of: {', '.join(GRANT_TYPES)}.",
            detail="unsupported_grant_type",
            parameter="grant_type",
            section="RFC 6749 §5.2",
        )
    if name not in application.grant_types:
        raise ProtocolError(
            ErrorCode.UNAUTHORIZED_CLIENT,
            "This application is not registered for this grant_type.",
            detail="grant_type_not_registered",
            parameter="grant_type",
            section="RFC 6749 §5.2",
        )
    return GRANT_TYPES[name]


def _authorization_code(asked: Asked) -> codes.Redeemed:
    redemption = codes.Redemption(
        application=asked.callers[0],
        code=required(asked.parameters, "code"),
        redirect_uri=required(asked.parameters, "redirect_uri"),
        verifier=asked.parameters.get("code_verifier", ""),
        resource=asked.parameters.get("resource"),
        cnf=asked.cnf,
        at=asked.at,
    )
    return codes.redeem(redemption)


def _refresh_token(asked: Asked) -> dict[str, Any]:
    presented = refresh.Refresh(
        application=asked.callers[0],
        token=required(asked.parameters, "refresh_token"),
        scope=asked.parameters.get("scope", ""),
        resource=asked.parameters.get("resource"),
        cnf=asked.cnf,
        at=asked.at,
    )
    return refresh.rotate(presented)


def _device_code(asked: Asked) -> dict[str, Any]:
    poll = device_codes.Poll(
        application=asked.callers[0],
        code=required(asked.parameters, "device_code"),
        resource=asked.parameters.get("resource"),
        cnf=asked.cnf,
        at=asked.at,
    )
    return device_codes.redeem(poll)


def _client_credentials(asked: Asked) -> dict[str, Any]:
    return client_credentials.issue(asked.callers, asked.parameters, cnf=asked.cnf, now=asked.at)


GRANT_TYPES: Final[dict[str, GrantType]] = {
    "authorization_code": _authorization_code,
    "refresh_token": _refresh_token,
    client_credentials.GRANT_TYPE: _client_credentials,
    device_codes.GRANT_TYPE: _device_code,
}
