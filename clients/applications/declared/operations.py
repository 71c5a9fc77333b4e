"""Makes applications what their documents say."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db import transaction

from accounts.audit.actor import Actor
from clients.applications import operations as applications
from clients.applications.changing import operations as changing
from clients.applications.columns import described
from clients.applications.declared.document import Declared, declared_as, registration_of
from clients.applications.declared.rules import Difference, differences
from clients.applications.keys.rules import Keys, set_problems, stored_set
from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.writing import locked, refuse
from clients.models import Application, Organisation

# Says no, by raising, to what whoever asks may not change of this application, or to a new one.
Permit = Callable[[Application | None, list[Difference]], None]


@dataclass(frozen=True)
class Converged:
    """What became of one application; `application` is None where a new one was only tried out.

    `client_secret` is empty unless it was given its first one just now.
    """

    application: Application | None
    differences: list[Difference]
    is_new: bool = False
    client_secret: str = field(default="", repr=False)


class TriedOutError(Exception):
    """Undoes what was only tried out; holds what it would have come to."""

    def __init__(self, converged: Converged) -> None:
        super().__init__()
        self.converged = converged


@transaction.atomic
def converge(
    *,
    organisation: Organisation,
    slug: str,
    declared: Declared,
    live: bool,
    permit: Permit,
    by: Actor,
) -> Converged:
    """Make the organisation's application of this short name what the document says.

    It is made where there is none. Where nothing differs, nothing is written.

    Raises:
        ApplicationRefusedError: the document is unfit, the name is taken, or a sandbox application
            would become a live one or the other way round.
    """
    row = Application.objects.filter(organisation=organisation, slug=slug).first()
    if row is None:
        return _made(organisation, slug, declared, live=live, permit=permit, by=by)
    row = locked(row)
    refuse(_standing_findings(row, live=live))
    before = described(row)
    after = _fit(registration_of(declared, slug=slug, live=live, before=before))
    found = differences(declared_as(before), declared_as(after))
    if not found:
        return Converged(row, found)
    permit(row, found)
    changed = changing.become(application=row, registration=after, by=by)
    return Converged(changed.application, found, client_secret=changed.client_secret)


def tried(
    *,
    organisation: Organisation,
    slug: str,
    declared: Declared,
    live: bool,
    permit: Permit,
    by: Actor,
) -> Converged:
    """Return what `converge` would come to, and change nothing.

    Raises:
        The same as `converge`.
    """
    try:
        with transaction.atomic():
            raise TriedOutError(
                converge(
                    organisation=organisation,
                    slug=slug,
                    declared=declared,
                    live=live,
                    permit=permit,
                    by=by,
                )
            )
    except TriedOutError as tried_out:
        came = tried_out.converged
        return Converged(None if came.is_new else came.application, came.differences, came.is_new)


def _made(
    organisation: Organisation,
    slug: str,
    declared: Declared,
    *,
    live: bool,
    permit: Permit,
    by: Actor,
) -> Converged:
    registration = _fit(registration_of(declared, slug=slug, live=live, before=None))
    found = differences(None, declared_as(registration))
    permit(None, found)
    created = applications.create(organisation=organisation, registration=registration, by=by)
    return Converged(created.application, found, is_new=True, client_secret=created.client_secret)


def _standing_findings(row: Application, *, live: bool) -> list[Finding]:
    is_live = row.environment == Application.Environment.LIVE
    problems = {
        RegistrationProblem.CLOSED: row.status == Application.Status.CLOSED,
        # A live application is another one, with names and numbers of its own.
        RegistrationProblem.OTHER_ENVIRONMENT: is_live != live,
    }
    return [Finding("application", problem, row.slug) for problem, found in problems.items() if found]


def _fit(registration: Registration) -> Registration:
    """Return the registration with its keys as they will be kept, so that they can be compared."""
    keys = registration.keys
    if keys.jwks is None:
        return registration
    # What is no set of keys cannot be put into the form in which sets are kept.
    refuse([Finding("jwks", *problem) for problem in set_problems(keys.jwks)])
    return replace(registration, keys=Keys(stored_set(keys.jwks), keys.jwks_uri))
