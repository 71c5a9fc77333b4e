"""Claiming an old user id: a service says whom it has proved to have had an account with it.

The resident signed in here, and proved the old account to the service in its own old way; then its
server brings both together. Only a server that proves itself may: by an access token alone,
whoever signs in to an application in a browser could claim anybody's account.
"""

from typing import Final

from django.http import HttpResponse, JsonResponse

from accounts.audit import actor
from accounts.limits.operations import hit, peek
from accounts.limits.table import OLD_USER_ID, OLD_USER_ID_WRONG
from idp.models import OldUserId
from idp.oidc import bearer, client_auth, cors, failures
from idp.oidc.bearer import Presented
from idp.oidc.endpoint import MachineRequest, endpoint
from idp.oidc.errors import ErrorCode, ProtocolError, never_stored
from idp.oidc.parameters import form, required
from idp.oidc.standing import Fallen
from idp.old_user_ids import operations, rules
from idp.old_user_ids.operations import (
    NotActiveError,
    NotRegisteredError,
    OfAnotherError,
    TooManyOfOneError,
)

_PARAMETER: Final = "old_user_id"


@endpoint("old_user_ids", "POST", reach=cors.Reach.NOBODY)
def old_user_ids(request: MachineRequest) -> HttpResponse:
    """Let the resident of an access token have an old user id of the calling application."""
    parameters = form(request)
    caller = request.application = client_auth.authenticate(request, parameters)
    client_auth.check_confidential(caller)
    presented = bearer.checked(
        bearer.handed_over(required(parameters, "access_token")), request, of=caller
    )
    bearer.require_scope(presented, "openid")
    row = _claimed(presented, _fit(required(parameters, _PARAMETER)))
    assert row.claimed_at is not None  # noqa: S101 - by a constraint
    claimed = {_PARAMETER: parameters[_PARAMETER], "claimed_at": int(row.claimed_at.timestamp())}
    return never_stored(JsonResponse(claimed))


def _fit(old_id: str) -> str:
    fault = rules.fault(old_id)
    if fault is not None:
        words = f"The old_user_id cannot be one: 1 to {rules.LONGEST} visible characters are."
        raise _refusal(words, detail=f"old_user_id_{fault}")
    return old_id


def _claimed(presented: Presented, old_id: str) -> OldUserId:
    client_id, account = presented.application.client_id, presented.account
    _check_limits(client_id, str(account.pk))
    try:
        return operations.claim(
            account=account,
            application=presented.application,
            old_id=old_id,
            by=actor.application(client_id),
        )
    except NotActiveError as error:
        raise bearer.invalid(presented.shown, detail=Fallen.ACCOUNT_NOT_ACTIVE) from error
    except TooManyOfOneError as error:
        words = f"This resident has {rules.MOST_OF_ONE_PERSON} old_user_ids already."
        raise _refusal(words, detail="too_many_old_user_ids", status=409) from error
    except NotRegisteredError as error:
        words = "This application has not registered this old_user_id."
        refusal = _refusal(words, detail="old_user_id_not_registered", status=404)
        raise _counted(refusal, client_id) from error
    except OfAnotherError as error:
        words = "Another resident has this old_user_id."
        refusal = _refusal(words, detail="old_user_id_of_another", status=409)
        raise _counted(refusal, client_id) from error


def _check_limits(client_id: str, account: str) -> None:
    """Refuse to look at all: whoever guesses must not hear when they are right."""
    by_person = hit(OLD_USER_ID, client_id, account)
    if not by_person.allowed:
        raise failures.limited(OLD_USER_ID, by_person)
    by_application = peek(OLD_USER_ID_WRONG, client_id)
    if not by_application.allowed:
        raise failures.limited(OLD_USER_ID_WRONG, by_application)


def _counted(refusal: ProtocolError, client_id: str) -> ProtocolError:
    hit(OLD_USER_ID_WRONG, client_id)
    return refusal


def _refusal(public: str, *, detail: str, status: int = 400) -> ProtocolError:
    return ProtocolError(
        ErrorCode.INVALID_REQUEST, public, detail=detail, status=status, parameter=_PARAMETER
    )
