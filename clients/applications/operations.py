"""Writes applications."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from clients.applications.callbacks.rules import Callbacks, callback_problems
from clients.applications.columns import columns_of
from clients.applications.credentials import operations as credentials
from clients.applications.registration import Addresses, Changes, Kind, Registration
from clients.applications.requests.rules import Pkce, Requests
from clients.applications.rules import (
    Finding,
    RegistrationProblem,
    Vocabulary,
    address_findings,
    change_findings,
    page_findings,
    registration_findings,
    requests_findings,
)
from clients.models import Application, ApplicationScope, Organisation
from clients.organisations.rules import NameProblem
from clients.scopes import SCOPES
from clients.signals import application_suspended


class ApplicationRefusedError(Exception):
    """An application could not be written; `findings` name every reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(*(finding.problem for finding in findings))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Created:
    """A new application, and its secret, if any: shown once, kept only as a keyed hash."""

    application: Application
    client_secret: str = field(repr=False)


@transaction.atomic
def create(*, organisation: Organisation, registration: Registration, by: Actor) -> Created:
    """Create an application; `client_secret` is empty for one that authenticates without.

    Raises:
        ApplicationRefusedError: the registration is unfit, or its short name or sector is taken.
    """
    _refuse(
        registration_findings(
            registration,
            loopback=_loopback_fits(live=registration.live, kind=registration.kind),
            vocabulary=_vocabulary(),
        )
    )
    _refuse_foreign_sector(organisation, registration.sector_identifier)
    application = _insert(_row(organisation, registration))
    ApplicationScope.objects.bulk_create(
        ApplicationScope(
            application=application,
            scope=wanted.scope,
            lawful_basis=wanted.lawful_basis,
            purpose=wanted.purpose,
        )
        for wanted in registration.scopes
    )
    _record(Event.APPLICATION_CREATED, application, by)
    has_secret = application.token_endpoint_auth_method in credentials.METHODS
    secret = credentials.issue(application=application, by=by) if has_secret else ""
    return Created(application, secret)


@transaction.atomic
def change_addresses(
    *, application: Application, addresses: Addresses, home_url: str, by: Actor
) -> Application:
    """Replace all addresses that lead browsers to the application; subjects stay as they are.

    Raises:
        ApplicationRefusedError: an address is unfit.
    """
    locked = _locked(application)
    loopback = _may_use_loopback(locked)
    _refuse(
        [
            *address_findings(addresses, loopback=loopback),
            *page_findings({"home_url": home_url}, loopback=loopback),
        ]
    )
    locked.redirect_uris = " ".join(addresses.redirect_uris)
    locked.post_logout_redirect_uris = " ".join(addresses.post_logout_redirect_uris)
    locked.home_url = home_url
    changed = ["redirect_uris", "post_logout_redirect_uris", "home_url"]
    locked.save(update_fields=[*changed, "updated"])
    _record(Event.APPLICATION_CHANGED, locked, by)
    return locked


@transaction.atomic
def change_callbacks(*, application: Application, callbacks: Callbacks, by: Actor) -> Application:
    """Replace where the application is told of a session's end, and where a sign-in begins.

    Raises:
        ApplicationRefusedError: an address is unfit.
    """
    locked = _locked(application)
    found = callback_problems(
        callbacks,
        redirect_uris=locked.redirect_uris.split(),
        loopback=_may_use_loopback(locked),
        hosts_inside=settings.OUTGOING_ALLOW,
    )
    _refuse([Finding(*problem) for problem in found])
    addresses = asdict(callbacks)
    for part, address in addresses.items():
        setattr(locked, part, address)
    locked.save(update_fields=[*addresses, "updated"])
    _record(Event.APPLICATION_CHANGED, locked, by, parts=" ".join(sorted(addresses)))
    return locked


@transaction.atomic
def change(*, application: Application, changes: Changes, by: Actor) -> Application:
    """Change what residents and the application are told, and how residents must sign in to it.

    Tokens of weaker sign-ins than it needs from now on are refused where they are used.

    Raises:
        ApplicationRefusedError: a change is unfit.
    """
    locked = _locked(application)
    _refuse(
        [
            *change_findings(changes, loopback=_may_use_loopback(locked)),
            *requests_findings(
                _requests_after(changes, locked),
                may_skip_pkce=_may_skip_pkce(locked),
                hosts_inside=settings.OUTGOING_ALLOW,
            ),
        ]
    )
    differing = {
        part: value for part, value in changes.wanted().items() if getattr(locked, part) != value
    }
    if not differing:
        return locked
    for part, value in differing.items():
        setattr(locked, part, value)
    locked.save(update_fields=[*differing, "updated"])
    _record(Event.APPLICATION_CHANGED, locked, by, parts=" ".join(sorted(differing)))
    return locked


@transaction.atomic
def suspend(*, application: Application, by: Actor) -> Application:
    """Stop everything that the application does, until it is reinstated."""
    locked = _locked(application)
    if locked.status == Application.Status.SUSPENDED:
        return locked
    _set_status(locked, Application.Status.SUSPENDED)
    _record(Event.APPLICATION_SUSPENDED, locked, by)
    application_suspended.send(Application, application=locked, by=by)
    return locked


@transaction.atomic
def reinstate(*, application: Application, by: Actor) -> Application:
    """Let the application work again. Its ended tokens stay ended."""
    locked = _locked(application)
    if locked.status == Application.Status.ACTIVE:
        return locked
    _set_status(locked, Application.Status.ACTIVE)
    _record(Event.APPLICATION_REINSTATED, locked, by)
    return locked


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise ApplicationRefusedError(findings)


def _loopback_fits(*, live: bool, kind: Kind) -> bool:
    # RFC 8252 §7.3 for native ones. The demonstration's services run on this machine.
    return not live or kind is Kind.NATIVE or settings.DEMO


def _may_use_loopback(application: Application) -> bool:
    native = application.application_type == Application.Type.NATIVE
    live = application.environment == Application.Environment.LIVE
    return _loopback_fits(live=live, kind=Kind.NATIVE if native else Kind.WEB)


def _may_skip_pkce(application: Application) -> bool:
    is_standard = application.profile == Application.Profile.STANDARD
    return is_standard and application.client_type == Application.CLIENT_CONFIDENTIAL


def _requests_after(changes: Changes, application: Application) -> Requests:
    """Return what the changes make of the parts of Requests that may be unfit."""
    uris = application.request_uris if changes.request_uris is None else changes.request_uris
    return Requests(pkce=changes.pkce or Pkce(application.pkce), request_uris=tuple(uris))


def _refuse_foreign_sector(organisation: Organisation, sector: str) -> None:
    others = Application.objects.exclude(organisation=organisation)
    if sector and others.filter(sector_identifier=sector).exists():
        finding = Finding("sector_identifier", RegistrationProblem.SECTOR_TAKEN, sector)
        raise ApplicationRefusedError([finding])


def _vocabulary() -> Vocabulary:
    return Vocabulary(
        SCOPES.keys(),
        ApplicationScope.LawfulBasis.values,
        {*credentials.METHODS, Application.AuthMethod.PRIVATE_KEY_JWT},
        settings.OUTGOING_ALLOW,
    )


def _row(organisation: Organisation, registration: Registration) -> Application:
    # Hexadecimal: an id that begins with a hyphen would be an option on every command line.
    client_id = secrets.token_hex(16)
    return Application(
        organisation=organisation,
        client_id=client_id,
        slug=registration.short_name,
        sector_identifier=registration.sector_identifier or client_id,
        **columns_of(registration),
    )


def _insert(application: Application) -> Application:
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as error:
        finding = Finding("slug", NameProblem.SLUG_TAKEN, application.slug)
        raise ApplicationRefusedError([finding]) from error
    return application


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def _set_status(application: Application, status: Application.Status) -> None:
    application.status = status
    application.save(update_fields=["status", "updated"])


def _record(event: Event, application: Application, by: Actor, **detail: str) -> None:
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        detail=detail,
    )
    record(event, by=by, about=about)
