"""The end of a request whose resident shares nothing."""

from django.http import HttpResponse

from accounts.audit.actor import resident
from accounts.models import Session
from accounts.sessions.middleware import BoroughRequest
from idp.models import AuthorizationRequest
from idp.oidc.authorize import response, steps
from idp.oidc.authorize.operations import AlreadyAnsweredError
from idp.oidc.errors import ErrorCode
from idp.oidc.sharing import operations


def leave(request: BoroughRequest, row: AuthorizationRequest, session: Session) -> HttpResponse:
    """Send the resident back to the service, which learns that they share nothing, but not why."""
    try:
        operations.leave(row=row, session=session, by=resident(session.account))
    except AlreadyAnsweredError:
        return steps.back(row)
    description = "The resident chose not to share."
    return response.refusal(
        request,
        row,
        code=ErrorCode.ACCESS_DENIED,
        reason="resident_did_not_share",
        description=description,
    )
