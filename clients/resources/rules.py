"""What a protected resource may be, and which applications may have to do with it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from clients.applications.addresses.rules import AddressProblem, address_problem
from clients.organisations.rules import NameProblem, name_problem, slug_of, slug_problem

LONGEST_IDENTIFIER: Final = 255
LONGEST_SCOPE: Final = 60
MOST_SCOPES: Final = 50
# CAEP Interoperability Profile §2.7.2: kept for a provider's own endpoints.
_OF_EVENTS: Final = "ssf."
# RFC 6749 §3.3.
_SCOPE: Final = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")


class ResourceProblem(StrEnum):
    """Why a resource, or an application's part in it, is refused, beyond names and addresses."""

    IDENTIFIER_OURS = "identifier_ours"
    IDENTIFIER_TAKEN = "identifier_taken"
    SCOPE_MALFORMED = "scope_malformed"
    SCOPE_REPEATED = "scope_repeated"
    SCOPE_OF_RESIDENTS = "scope_of_residents"
    SCOPE_OF_EVENTS = "scope_of_events"
    TOO_MANY_SCOPES = "too_many_scopes"
    SERVER_PUBLIC = "server_public"
    SERVER_OF_ANOTHER_ORGANISATION = "server_of_another_organisation"


Problem = NameProblem | AddressProblem | ResourceProblem


@dataclass(frozen=True)
class Finding:
    """One reason for a refusal: the part of the resource, and the value given there."""

    part: str
    problem: Problem
    value: str = ""


@dataclass(frozen=True)
class Description:
    """All that is asked of an organisation about its resource.

    `identifier` is the audience of its access tokens, `scopes` what programs may do there in their
    own name.
    """

    name: str
    identifier: str
    scopes: tuple[str, ...] = ()
    slug: str = ""

    @property
    def short_name(self) -> str:
        """The name that operators type: the one given, or one made from the name."""
        return self.slug or slug_of(self.name)


def findings(
    description: Description, *, issuer: str, residents_scopes: Collection[str], loopback: bool
) -> list[Finding]:
    """Return every reason to refuse the resource; none when it is fit.

    `residents_scopes` are the words of the catalogue; `loopback`: whether it may be at this
    machine.
    """
    return [
        *_name_findings(description),
        *_identifier_findings(description.identifier, issuer=issuer, loopback=loopback),
        *_scope_findings(description.scopes, residents_scopes),
    ]


def server_problem(*, is_public: bool, same_organisation: bool) -> ResourceProblem | None:
    """Return why an application cannot be the one that asks about a resource's tokens, if so."""
    if is_public:
        # RFC 7662 §4: whoever cannot authenticate could try out tokens until one is good.
        return ResourceProblem.SERVER_PUBLIC
    return None if same_organisation else ResourceProblem.SERVER_OF_ANOTHER_ORGANISATION


def _name_findings(description: Description) -> Iterator[Finding]:
    if problem := name_problem(description.name):
        yield Finding("name", problem, description.name)
    elif problem := slug_problem(description.short_name):
        yield Finding("slug", problem, description.short_name)


def _identifier_findings(identifier: str, *, issuer: str, loopback: bool) -> Iterator[Finding]:
    # RFC 8707 §2: an absolute URI without fragment; https, so that a host of its own stands for it.
    problem = address_problem(identifier, loopback=loopback, longest=LONGEST_IDENTIFIER)
    if problem:
        yield Finding("identifier", problem, identifier)
    elif f"{identifier}/".startswith(f"{issuer}/"):
        # A token for it would pass for one for our own endpoints.
        yield Finding("identifier", ResourceProblem.IDENTIFIER_OURS, identifier)


def _scope_findings(
    scopes: tuple[str, ...], residents_scopes: Collection[str]
) -> Iterator[Finding]:
    if len(scopes) > MOST_SCOPES:
        yield Finding("scope", ResourceProblem.TOO_MANY_SCOPES)
    for scope, count in Counter(scopes[:MOST_SCOPES]).items():
        if len(scope) > LONGEST_SCOPE or not _SCOPE.fullmatch(scope):
            yield Finding("scope", ResourceProblem.SCOPE_MALFORMED, scope)
        if scope in residents_scopes:
            yield Finding("scope", ResourceProblem.SCOPE_OF_RESIDENTS, scope)
        if scope.startswith(_OF_EVENTS):
            yield Finding("scope", ResourceProblem.SCOPE_OF_EVENTS, scope)
        if count > 1:
            yield Finding("scope", ResourceProblem.SCOPE_REPEATED, scope)
