"""Writes the public keys of applications."""

from django.conf import settings
from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.security.outgoing.rules import UrlProblem
from clients.applications.keys.rules import (
    KEYED_METHODS,
    Keys,
    KeysProblem,
    registered_problems,
    stored_set,
)
from clients.models import Application


class KeysRefusedError(Exception):
    """The keys are unfit; `problems` name every reason, and which key."""

    def __init__(self, problems: list[tuple[str, KeysProblem | UrlProblem, str]]) -> None:
        super().__init__(*(problem for _part, problem, _value in problems))
        self.problems = tuple(problems)


@transaction.atomic
def replace(*, application: Application, keys: Keys, by: Actor) -> Application:
    """Let these keys, and no other, verify what the application signs from now on.

    Raises:
        KeysRefusedError: they are unfit, or missing where it authenticates with one.
    """
    locked = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    needed = locked.token_endpoint_auth_method in KEYED_METHODS
    allowed = settings.OUTGOING_ALLOW
    if problems := list(registered_problems(keys, needed=needed, allowed=allowed)):
        raise KeysRefusedError(problems)
    locked.jwks, locked.jwks_uri = stored_set(keys.jwks), keys.jwks_uri
    locked.save(update_fields=["jwks", "jwks_uri", "updated"])
    about = About(
        organisation_id=locked.organisation_id,
        application_id=locked.client_id,
        detail={"parts": "jwks jwks_uri"},
    )
    record(Event.APPLICATION_CHANGED, by=by, about=about)
    return locked
