"""Writes of the sharing page that are more than an agreement."""

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.models import Session
from idp.consent import operations as consents
from idp.models import AuthorizationRequest
from idp.oidc.authorize import operations as requests


@transaction.atomic
def leave(*, row: AuthorizationRequest, session: Session, by: Actor) -> None:
    """End the request without sharing anything.

    Raises:
        AlreadyAnsweredError: it was answered before.
    """
    requests.close(row=row)
    consents.refuse(request=row, session=session, by=by)
