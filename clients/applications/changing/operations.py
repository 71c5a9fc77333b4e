"""Writes what becomes of applications."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from clients.applications import terms
from clients.applications.callbacks.rules import Callbacks
from clients.applications.columns import columns_of, described
from clients.applications.credentials import operations as credentials
from clients.applications.high.rules import HighProblem
from clients.applications.registration import Changes, Registration, Told
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.skipping import skipping_findings
from clients.applications.writing import findings_of, locked, recorded, refuse
from clients.models import Application
from clients.signals import application_narrowed, redirect_uris_removed


@dataclass(frozen=True)
class Changed:
    """An application after a change, and the secret that it needs from now on, if any."""

    application: Application
    client_secret: str = field(default="", repr=False)


@transaction.atomic
def change(*, application: Application, changes: Changes, by: Actor) -> Changed:
    """Change parts of what an application is registered as, and leave the others.

    Tokens of weaker sign-ins than it needs from now on are refused where they are used.

    Raises:
        ApplicationRefusedError: a change is unfit.
    """
    row = locked(application)
    before = described(row)
    return _become(row, before, changes.made_to(before), by=by)


@transaction.atomic
def change_callbacks(*, application: Application, callbacks: Callbacks, by: Actor) -> Application:
    """Replace where the application is told of a session's end, and where a sign-in begins.

    Raises:
        ApplicationRefusedError: an address is unfit.
    """
    row = locked(application)
    before = described(row)
    return _become(row, before, replace(before, callbacks=callbacks), by=by).application


@transaction.atomic
def tell(*, application: Application, scope: str, told: Told, by: Actor) -> Application:
    """Change what residents are told of a scope: its next version, which they are asked about.

    Raises:
        ApplicationRefusedError: the application may not ask for the scope, or a text is unfit.
    """
    row = locked(application)
    before = described(row)
    return _become(row, before, telling(before, scope, told), by=by).application


def telling(registration: Registration, scope: str, told: Told) -> Registration:
    """Return the registration that tells residents this of a scope.

    Raises:
        ApplicationRefusedError: the application may not ask for the scope.
    """
    if scope not in {one.scope for one in registration.scopes}:
        refuse([Finding("scope", RegistrationProblem.SCOPE_NOT_ITS_OWN, scope)])
    scopes = (
        replace(one, **told.wanted()) if one.scope == scope else one for one in registration.scopes
    )
    return replace(registration, scopes=tuple(scopes))


@transaction.atomic
def become(
    *,
    application: Application,
    registration: Registration,
    by: Actor,
    secret_lifetime: timedelta | None = None,
) -> Changed:
    """Replace all that an application is registered as, but for its names and sector.

    `secret_lifetime`: how long its secret is good if it needs one for the first time.

    Raises:
        ApplicationRefusedError: the registration is unfit.
    """
    row = locked(application)
    return _become(row, described(row), registration, by=by, secret_lifetime=secret_lifetime)


def _become(
    row: Application,
    before: Registration,
    after: Registration,
    *,
    by: Actor,
    secret_lifetime: timedelta | None = None,
) -> Changed:
    refuse_unfit(row, before, after)
    columns = columns_of(after)
    differing = {part: value for part, value in columns.items() if getattr(row, part) != value}
    rescoped = set(after.scopes) != set(before.scopes)
    if not differing and not rescoped:
        return Changed(row)
    for part, value in differing.items():
        setattr(row, part, value)
    row.save(update_fields=[*differing, "updated"])
    parts = " ".join(sorted([*differing, *(["scopes"] if rescoped else [])]))
    recorded(Event.APPLICATION_CHANGED, row, by=by, parts=parts)
    if rescoped or before.privacy_url != after.privacy_url:
        terms.write(row, after.scopes)
    if {one.scope for one in before.scopes} - {one.scope for one in after.scopes}:
        application_narrowed.send(Application, application=row, by=by)
    if set(before.addresses.redirect_uris) - set(after.addresses.redirect_uris):
        redirect_uris_removed.send(Application, application=row)
    return Changed(row, _secret(row, before, by=by, lifetime=secret_lifetime))


def refuse_unfit(row: Application, before: Registration, after: Registration) -> None:
    """Refuse what is unfit of `after`, as a part of a write.

    Raises:
        ApplicationRefusedError: something is, which was fit `before`.
    """
    # What was fit once, before a setting changed, keeps nobody from changing something else.
    old = set(findings_of(before))
    found = [finding for finding in findings_of(after) if finding not in old]
    if before.profile != after.profile:
        found.append(Finding("profile", HighProblem.FIXED, after.profile))
    refuse([*found, *_skipping(row, after)])


def _skipping(row: Application, after: Registration) -> list[Finding]:
    return skipping_findings(
        after,
        of_council=row.organisation.is_council,
        registered_itself=row.initial_access_token_id is not None,
    )


def _secret(
    row: Application, before: Registration, *, by: Actor, lifetime: timedelta | None
) -> str:
    """Return a new secret where the application needs one for the first time."""
    had = before.auth_method in credentials.METHODS
    has = row.token_endpoint_auth_method in credentials.METHODS
    if had and not has:
        # Nobody shall authenticate by it once the method changes back.
        credentials.end_all(application=row, by=by)
    if had or not has:
        return ""
    return credentials.issue(application=row, by=by, lifetime=lifetime)
