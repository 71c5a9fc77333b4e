"""Writes by what an application authenticates."""

from dataclasses import replace

from django.db import transaction

from accounts.audit.actor import Actor
from clients.applications.columns import kind_of
from clients.applications.form import operations as form
from clients.applications.keys import operations as keys_operations
from clients.applications.keys.rules import KEYED_METHODS, NO_KEYS, Keys
from clients.applications.registration import Registration
from clients.applications.writing import locked
from clients.models import Application

_KEY = Application.AuthMethod.PRIVATE_KEY_JWT
_SANDBOX = Application.Environment.SANDBOX


def may_have_keys(application: Application) -> bool:
    """Say whether members may give it keys: it has some, or is a sandbox one that keeps secrets."""
    if application.token_endpoint_auth_method in KEYED_METHODS:
        return True
    return application.environment == _SANDBOX and kind_of(application).keeps_secret


def may_use_secret(application: Application) -> bool:
    """Say whether members may let it use a secret again instead of its keys."""
    has_keys = application.token_endpoint_auth_method in KEYED_METHODS
    # FAPI 2.0 Security Profile §5.3.2.1 knows no secrets.
    is_standard = application.profile == Application.Profile.STANDARD
    return has_keys and is_standard and application.environment == _SANDBOX


@transaction.atomic
def give_keys(*, application: Application, keys: Keys, by: Actor) -> Application:
    """Let it authenticate by these keys alone from now on; its secrets end.

    Raises:
        KeysRefusedError: they are unfit.
        ApplicationRefusedError: something else of the application stands against it.
    """
    row = locked(application)
    if row.token_endpoint_auth_method in KEYED_METHODS:
        return keys_operations.replace(application=row, keys=keys, by=by)
    changed = form.alter(
        application=row, change=lambda one: replace(one, auth_method=_KEY, keys=keys), by=by
    )
    return changed.application


@transaction.atomic
def use_secret(*, application: Application, by: Actor) -> str:
    """Let a sandbox application use a secret again, and return it; empty where it uses one.

    Raises:
        ApplicationRefusedError: it is live, or needs its keys for something else.
    """
    return form.alter(application=application, change=_by_secret, by=by).client_secret


def _by_secret(registration: Registration) -> Registration:
    if registration.auth_method not in KEYED_METHODS:
        return registration
    return replace(registration, auth_method=Application.AuthMethod.SECRET_BASIC, keys=NO_KEYS)
