"""Writes answers of services."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from clients.models import Application
from idp.models import ErasureRequest


class UnknownRequestError(Exception):
    """The application was asked nothing under this id."""


@transaction.atomic
def answer(
    *, application: Application, request_id: UUID, answer: ErasureRequest.Answer, by: Actor
) -> None:
    """Note what the application says; it may say more later, and the last counts.

    Raises:
        UnknownRequestError: it was asked nothing under this id; another may have been.
    """
    asked = [ErasureRequest.State.SENT, ErasureRequest.State.ANSWERED]
    rows = ErasureRequest.objects.filter(application=application, state__in=asked)
    found = rows.select_related("closing").select_for_update(no_key=True, of=("self",))
    request = found.filter(pk=request_id).first()
    if request is None:
        raise UnknownRequestError
    if request.answer == answer:
        return
    request.state, request.answer = ErasureRequest.State.ANSWERED, answer
    request.answered_at = timezone.now()
    request.save(update_fields=["state", "answer", "answered_at"])
    about = About(
        account_id=request.closing.account_id,
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        object_kind="closing",
        object_id=str(request.closing_id),
        reason=answer,
    )
    record(Event.ERASURE_ANSWERED, by=by, about=about)
