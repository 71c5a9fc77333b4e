"""Makes applications what their documents say."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db import transaction

from accounts.audit.actor import Actor
from clients.applications.changing.operations import Changed
from clients.applications.columns import described
from clients.applications.declared.document import Declared, declared_as, registration_of
from clients.applications.declared.rules import Difference, differences
from clients.applications.form import operations as form
from clients.applications.keys.rules import Keys, set_problems, stored_set
from clients.applications.operations import Created
from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.writing import locked, refuse
from clients.models import Application, Organisation


@dataclass(frozen=True)
class Wanted:
    """A document, and which application it is for."""

    slug: str
    declared: Declared
    live: bool = False

    def registration(self, before: Registration | None) -> Registration:
        """Return what is to be registered; what no document says is as `before`."""
        return registration_of(self.declared, slug=self.slug, live=self.live, before=before)


@dataclass(frozen=True)
class Converged:
    """What became of one application; `application` is None where a new one was only tried out.

    `client_secret` is empty unless it was given its first one just now.
    """

    application: Application | None
    differences: list[Difference]
    is_new: bool = False
    client_secret: str = field(default="", repr=False)


def _register(*, organisation: Organisation, registration: Registration, by: Actor) -> Created:
    refuse([Finding("live", RegistrationProblem.REVIEWED)] if registration.live else [])
    return form.register(
        organisation=organisation, registration=registration, slug=registration.slug, by=by
    )


@transaction.atomic
def converge(
    *,
    organisation: Organisation,
    wanted: Wanted,
    by: Actor,
    make: Callable[..., Created] = _register,
    change: Callable[..., Changed] = form.alter,
) -> Converged:
    """Make the organisation's application of this short name what the document says.

    It is made where there is none. Where nothing differs, nothing is written. Unless others `make`
    and `change` it, that is within what an organisation decides itself.

    Raises:
        ApplicationRefusedError: the document is unfit, the name is taken, or a sandbox application
            would become a live one or the other way round.
    """
    row = Application.objects.filter(organisation=organisation, slug=wanted.slug).first()
    if row is None:
        registration = _fit(wanted.registration(None))
        made = make(organisation=organisation, registration=registration, by=by)
        found = differences(None, declared_as(registration))
        return Converged(made.application, found, is_new=True, client_secret=made.client_secret)
    row = locked(row)
    refuse(_standing_findings(row, live=wanted.live))
    before = described(row)
    found = differences(declared_as(before), declared_as(_fit(wanted.registration(before))))
    changed = change(application=row, change=lambda now: _fit(wanted.registration(now)), by=by)
    return Converged(changed.application, found, client_secret=changed.client_secret)


def tried(*, organisation: Organisation, wanted: Wanted, by: Actor) -> Converged:
    """Return what `converge` would come to, and change nothing.

    Raises:
        The same as `converge`.
    """
    with transaction.atomic():
        came = converge(organisation=organisation, wanted=wanted, by=by)
        transaction.set_rollback(True)
    return Converged(None if came.is_new else came.application, came.differences, came.is_new)


def _standing_findings(row: Application, *, live: bool) -> list[Finding]:
    is_live = row.environment == Application.Environment.LIVE
    problems = {
        RegistrationProblem.CLOSED: row.status == Application.Status.CLOSED,
        # A live application is another one, with names and numbers of its own.
        RegistrationProblem.OTHER_ENVIRONMENT: is_live != live,
    }
    return [
        Finding("application", problem, row.slug) for problem, found in problems.items() if found
    ]


def _fit(registration: Registration) -> Registration:
    """Return the registration with its keys as they will be kept, so that they can be compared."""
    keys = registration.keys
    if keys.jwks is None:
        return registration
    # What is no set of keys cannot be put into the form in which sets are kept.
    refuse([Finding("jwks", *problem) for problem in set_problems(keys.jwks)])
    return replace(registration, keys=Keys(stored_set(keys.jwks), keys.jwks_uri))
