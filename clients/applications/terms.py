"""What residents are told of each scope that an application may ask for, in versions."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.utils import timezone

from clients.applications.registration import ScopeWanted
from clients.models import Application, ApplicationScope, ScopeTerms


def begin(application: Application, scopes: Iterable[ScopeWanted]) -> None:
    """Let a new application ask for these scopes, as a part of a transaction."""
    _insert(application, scopes, latest={})


def write(application: Application, scopes: Iterable[ScopeWanted]) -> None:
    """Let the application ask for these scopes and no others, as a part of a transaction.

    Terms that differ from the last that were told of a scope are its next version.
    """
    application.scopes.all().delete()
    _insert(application, scopes, latest=_latest(application))


def _insert(
    application: Application, scopes: Iterable[ScopeWanted], *, latest: Mapping[str, ScopeTerms]
) -> None:
    versions = [(wanted, _row(application, wanted, latest.get(wanted.scope))) for wanted in scopes]
    new = [row for _, row in versions if row is not latest.get(row.scope)]
    ScopeTerms.objects.bulk_create(new)
    ApplicationScope.objects.bulk_create(
        ApplicationScope(application=application, version=row.version, **asdict(wanted))
        for wanted, row in versions
    )


def _latest(application: Application) -> dict[str, ScopeTerms]:
    return {row.scope: row for row in application.scope_terms.order_by("version")}


def _row(application: Application, wanted: ScopeWanted, last: ScopeTerms | None) -> ScopeTerms:
    """Return the last version where it says the same, or the next, not yet saved."""
    # The notice that is meant, so that another notice of the whole application is a new version.
    notice = wanted.privacy_notice or application.privacy_url
    told = {**asdict(wanted), "privacy_notice": notice}
    if last is not None and all(getattr(last, part) == value for part, value in told.items()):
        return last
    return ScopeTerms(
        application=application,
        version=last.version + 1 if last else 1,
        since=timezone.now(),
        **told,
    )
