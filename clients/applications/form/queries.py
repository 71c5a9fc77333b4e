"""Reads what keeps an organisation from registering an application."""

from clients.applications import queries as applications
from clients.applications.addresses.rules import (
    AddressProblem,
    address_problem,
    looks_like_another,
)
from clients.applications.form.rules import MOST_APPLICATIONS, raising_findings
from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem
from clients.applications.writing import findings_of
from clients.models import Application, Organisation
from clients.organisations.queries import lookalike_problem
from clients.organisations.rules import NameProblem

_PAGES = ("home_url", "privacy_url", "terms_url")


def new_findings(organisation: Organisation | None, registration: Registration) -> list[Finding]:
    """Return every reason to refuse a new sandbox application, none when it is fit.

    `organisation`: none for one that is about to be created with it.
    """
    # A short name is derived, so that none can be unfit.
    found = [one for one in findings_of(registration) if one.part != "slug"]
    found.extend(lookalike_findings(registration))
    name = name_finding(organisation, registration)
    if name is not None and not any(one.part == "name" for one in found):
        found.insert(0, name)
    if organisation is not None:
        found.extend(_organisation_findings(organisation))
    return found


def change_findings(
    organisation: Organisation, before: Registration, after: Registration
) -> list[Finding]:
    """Return every reason to refuse a change of a sandbox application that its members make."""
    # What was fit once keeps nobody from changing something else.
    old = {*findings_of(before), *lookalike_findings(before)}
    found = [*findings_of(after), *lookalike_findings(after)]
    fresh = [one for one in found if one not in old]
    if after.name != before.name and (name := name_finding(organisation, after)):
        fresh.append(name)
    return [*raising_findings(before, after), *fresh]


def lookalike_findings(registration: Registration) -> list[Finding]:
    """Return which addresses that are fit otherwise pass for another one."""
    addresses = registration.addresses
    every = (
        *(("redirect_uri", uri) for uri in addresses.redirect_uris),
        *(("post_logout_redirect_uri", uri) for uri in addresses.post_logout_redirect_uris),
        *((part, getattr(registration, part)) for part in _PAGES),
    )
    return [
        Finding(part, AddressProblem.LOOKALIKE, uri)
        for part, uri in every
        if address_problem(uri, loopback=True) is None and looks_like_another(uri)
    ]


def name_finding(organisation: Organisation | None, registration: Registration) -> Finding | None:
    """Return why the organisation may not call an application so, if so."""
    problem = lookalike_problem(registration.name, of=organisation)
    if problem is None and organisation is not None:
        # The live application that a sandbox one became has its name.
        own = applications.of_organisation(organisation).filter(
            environment=Application.Environment.SANDBOX, name=registration.name
        )
        problem = NameProblem.TWICE if own.exists() else None
    return Finding("name", problem, registration.name) if problem else None


def _organisation_findings(organisation: Organisation) -> list[Finding]:
    found = []
    if organisation.status != Organisation.Status.ACTIVE:
        found.append(Finding("organisation", RegistrationProblem.ORGANISATION_SUSPENDED))
    if applications.of_organisation(organisation).count() >= MOST_APPLICATIONS:
        found.append(Finding("organisation", RegistrationProblem.TOO_MANY_APPLICATIONS))
    return found
