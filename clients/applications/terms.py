"""What residents are told of each scope that an application may ask for, in versions."""

from collections.abc import Iterable

from django.utils import timezone

from clients.applications.registration import ScopeWanted
from clients.models import Application, ApplicationScope, ScopeTerms


def write(application: Application, scopes: Iterable[ScopeWanted]) -> None:
    """Let the application ask for these scopes and no others, as a part of a transaction.

    Terms that differ from the last that were told of a scope are its next version.
    """
    latest = _latest(application)
    rows = [_row(application, wanted, latest.get(wanted.scope)) for wanted in scopes]
    ScopeTerms.objects.bulk_create(row for row in rows if row.pk is None)
    application.scopes.all().delete()
    ApplicationScope.objects.bulk_create(
        ApplicationScope(
            application=application,
            scope=row.scope,
            lawful_basis=row.lawful_basis,
            purpose=row.purpose,
            version=row.version,
        )
        for row in rows
    )


def _latest(application: Application) -> dict[str, ScopeTerms]:
    return {row.scope: row for row in application.scope_terms.order_by("version")}


def _row(application: Application, wanted: ScopeWanted, last: ScopeTerms | None) -> ScopeTerms:
    """Return the last version where it says the same, or the next, not yet saved."""
    if last is not None and ScopeWanted(last.scope, last.lawful_basis, last.purpose) == wanted:
        return last
    return ScopeTerms(
        application=application,
        scope=wanted.scope,
        version=last.version + 1 if last else 1,
        lawful_basis=wanted.lawful_basis,
        purpose=wanted.purpose,
        since=timezone.now(),
    )
