"""What every write of an application shares: its lock, its rules, its record."""

from collections.abc import Sequence

from django.conf import settings

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from clients.applications.registration import Kind, Registration
from clients.applications.rules import Finding, Vocabulary, registration_findings
from clients.models import Application, ApplicationScope
from clients.scopes import SCOPES


class ApplicationRefusedError(Exception):
    """An application could not be written; `findings` name every reason."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(*(finding.problem for finding in findings))
        self.findings = tuple(findings)


def refuse(findings: Sequence[Finding]) -> None:
    """Refuse what something was found about.

    Raises:
        ApplicationRefusedError: there is a finding.
    """
    if findings:
        raise ApplicationRefusedError(findings)


def findings_of(registration: Registration) -> list[Finding]:
    """Return every reason to refuse the registration here; none when it is fit."""
    # RFC 8252 §7.3 for native ones. The demonstration's services run on this machine.
    loopback = not registration.live or registration.kind is Kind.NATIVE or settings.DEMO
    vocabulary = Vocabulary(
        SCOPES.keys(),
        ApplicationScope.LawfulBasis.values,
        set(Application.AuthMethod.values) - {Application.AuthMethod.NONE},
        settings.OUTGOING_ALLOW,
        bool(settings.MTLS_ADDRESS),
    )
    return registration_findings(registration, loopback=loopback, vocabulary=vocabulary)


def locked(application: Application) -> Application:
    """Return the application as it is now, which nobody else changes until this ends."""
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def recorded(event: Event, application: Application, *, by: Actor, **detail: str) -> None:
    """Write the event about the application into the audit log."""
    about = About(
        organisation_id=application.organisation_id,
        application_id=application.client_id,
        detail=detail,
    )
    record(event, by=by, about=about)
