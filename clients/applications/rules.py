"""What an application may be registered as."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.security.outgoing.rules import UrlProblem
from clients.applications.addresses.rules import AddressProblem, address_problem
from clients.applications.callbacks.rules import CallbackProblem, callback_problems
from clients.applications.certificates.rules import CertificateProblem, certificate_problems
from clients.applications.high.rules import HighProblem, high_problems
from clients.applications.keys.rules import KEYED_METHODS, KeysProblem, registered_problems
from clients.applications.registration import Addresses, Kind, Registration, ScopeWanted
from clients.applications.requests.rules import (
    Requests,
    RequestsProblem,
    requests_problems,
)
from clients.organisations.rules import (
    NameProblem,
    holds_unseen,
    name_problem,
    slug_problem,
)

MOST_ADDRESSES: Final = 20
LONGEST_PAGE_ADDRESS: Final = 200
LONGEST_PURPOSE: Final = 300
LONGEST_RETENTION: Final = 300
LONGEST_NOTICE_VERSION: Final = 40
LONGEST_OTHER_WAY: Final = 500
MOST_CONTACTS: Final = 10
LONGEST_CONTACT: Final = 254

_SECTOR: Final = re.compile(r"[A-Za-z0-9.-]{1,255}")


class RegistrationProblem(StrEnum):
    """Why a registration is refused, beyond its names and addresses."""

    NO_REDIRECT_URI = "no_redirect_uri"
    TOO_MANY_ADDRESSES = "too_many_addresses"
    ADDRESS_REPEATED = "address_repeated"
    OPENID_MISSING = "openid_missing"
    SCOPE_UNKNOWN = "scope_unknown"
    SCOPE_REPEATED = "scope_repeated"
    SCOPE_NOT_ITS_OWN = "scope_not_its_own"
    LAWFUL_BASIS_UNKNOWN = "lawful_basis_unknown"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_LONG = "text_too_long"
    TEXT_UNSEEN_CHARACTER = "text_unseen_character"
    AUTH_METHOD_UNFIT = "auth_method_unfit"
    SECTOR_UNFIT = "sector_unfit"
    SECTOR_TAKEN = "sector_taken"
    SIGNS_NOBODY_IN = "signs_nobody_in"
    TOO_MANY_CONTACTS = "too_many_contacts"
    GRANT_UNFIT = "grant_unfit"
    GRANT_NOT_ALLOWED = "grant_not_allowed"
    COUNT_UNFIT = "count_unfit"
    LIFE_UNFIT = "life_unfit"
    SECTOR_URI_NEEDED = "sector_uri_needed"
    SECTOR_FIXED = "sector_fixed"
    CLOSED = "application_closed"
    OTHER_ENVIRONMENT = "other_environment"
    SHOWS_NO_PAGE = "shows_no_page"
    KNOWS_NOBODY = "knows_nobody"
    COUNCIL_DECIDES = "council_decides"
    REVIEWED = "changes_are_reviewed"
    ORGANISATION_SUSPENDED = "organisation_suspended"
    TOO_MANY_APPLICATIONS = "too_many_applications"
    ASKS_UNLESS_OF_COUNCIL = "asks_unless_of_council"
    ASKS_AS_IT_REGISTERED_ITSELF = "asks_as_it_registered_itself"
    ASKS_WHILE_SANDBOX = "asks_while_sandbox"
    ASKS_AS_SENSITIVE = "asks_as_sensitive"
    ASKS_FOR_OTHER_BASIS = "asks_for_other_basis"


Problem = (
    NameProblem
    | AddressProblem
    | CallbackProblem
    | CertificateProblem
    | HighProblem
    | KeysProblem
    | RegistrationProblem
    | RequestsProblem
    | UrlProblem
)


@dataclass(frozen=True)
class Finding:
    """One reason for a refusal: the part of the registration, and the value given there."""

    part: str
    problem: Problem
    value: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """The words a registration may use; `hosts_inside` may be asked for keys all the same.

    `certificates`: whether applications can come with one here (RFC 8705).
    """

    scopes: Collection[str]
    lawful_bases: Collection[str]
    confidential_methods: Collection[str]
    hosts_inside: Collection[str] = ()
    certificates: bool = False


def registration_findings(
    registration: Registration, *, loopback: bool, vocabulary: Vocabulary
) -> list[Finding]:
    """Return every reason to refuse the registration; none when it is fit."""
    return [
        *_name_findings(registration),
        *_sign_in_findings(registration, vocabulary, loopback=loopback),
        *page_findings(_pages(registration), loopback=loopback),
        *_contact_findings(registration.contacts),
        *_optional_findings("other_way", registration.other_way, LONGEST_OTHER_WAY),
        *_method_findings(registration, vocabulary),
        *_keys_findings(registration, vocabulary),
        *_certificate_findings(registration, vocabulary),
        *_callback_findings(registration, vocabulary, loopback=loopback),
        *requests_findings(
            registration.requests,
            may_skip_pkce=registration.kind.keeps_secret,
            hosts_inside=vocabulary.hosts_inside,
        ),
        *_sector_findings(registration.sector_identifier),
        *_event_findings(registration),
        *(Finding(*problem) for problem in high_problems(registration)),
    ]


def address_findings(addresses: Addresses, *, loopback: bool) -> Iterator[Finding]:
    """Yield every reason to refuse the addresses."""
    if not addresses.redirect_uris:
        yield Finding("redirect_uri", RegistrationProblem.NO_REDIRECT_URI)
    lists = (
        ("redirect_uri", addresses.redirect_uris),
        ("post_logout_redirect_uri", addresses.post_logout_redirect_uris),
    )
    for part, uris in lists:
        if len(uris) > MOST_ADDRESSES:
            yield Finding(part, RegistrationProblem.TOO_MANY_ADDRESSES)
        for uri, count in Counter(uris[:MOST_ADDRESSES]).items():
            if problem := address_problem(uri, loopback=loopback):
                yield Finding(part, problem, uri)
            if count > 1:
                yield Finding(part, RegistrationProblem.ADDRESS_REPEATED, uri)


def page_findings(pages: Mapping[str, str], *, loopback: bool) -> Iterator[Finding]:
    """Yield every reason to refuse the addresses of pages; an empty one is left out."""
    for part, address in pages.items():
        problem = address_problem(address, loopback=loopback, longest=LONGEST_PAGE_ADDRESS)
        if address and problem:
            yield Finding(part, problem, address)


def scope_findings(
    wanted: Collection[ScopeWanted],
    *,
    scopes: Collection[str],
    lawful_bases: Collection[str],
    loopback: bool,
) -> Iterator[Finding]:
    """Yield every reason to refuse the scopes wanted, which may use these words."""
    counts = Counter(one.scope for one in wanted)
    if "openid" not in counts:
        yield Finding("scope", RegistrationProblem.OPENID_MISSING)
    for scope, count in counts.items():
        if scope not in scopes:
            yield Finding("scope", RegistrationProblem.SCOPE_UNKNOWN, scope)
        if count > 1:
            yield Finding("scope", RegistrationProblem.SCOPE_REPEATED, scope)
    for one in wanted:
        if one.lawful_basis not in lawful_bases:
            basis = RegistrationProblem.LAWFUL_BASIS_UNKNOWN
            yield Finding("lawful_basis", basis, one.lawful_basis)
        yield from _text_findings("purpose", one.purpose, LONGEST_PURPOSE)
        yield from _optional_findings("retention", one.retention, LONGEST_RETENTION)
        yield from page_findings({"privacy_notice": one.privacy_notice}, loopback=loopback)
        yield from _optional_findings("notice_version", one.notice_version, LONGEST_NOTICE_VERSION)


def requests_findings(
    requests: Requests, *, may_skip_pkce: bool, hosts_inside: Collection[str]
) -> Iterator[Finding]:
    """Yield every reason to refuse what is said about its requests."""
    found = requests_problems(requests, may_skip_pkce=may_skip_pkce, hosts_inside=hosts_inside)
    return (Finding(*problem) for problem in found)


def _name_findings(registration: Registration) -> Iterator[Finding]:
    if problem := name_problem(registration.name):
        yield Finding("name", problem, registration.name)
    elif problem := slug_problem(registration.short_name):
        yield Finding("slug", problem, registration.short_name)


def _sign_in_findings(
    registration: Registration, vocabulary: Vocabulary, *, loopback: bool
) -> Iterator[Finding]:
    kind, returns_nowhere = registration.kind, registration.addresses == Addresses(())
    if kind is Kind.SERVICE:
        if registration.scopes or not returns_nowhere:
            yield Finding("kind", RegistrationProblem.SIGNS_NOBODY_IN, kind)
        return
    if kind is not Kind.DEVICE:
        yield from address_findings(registration.addresses, loopback=loopback)
    elif not returns_nowhere:
        yield Finding("kind", RegistrationProblem.SHOWS_NO_PAGE, kind)
    yield from scope_findings(
        registration.scopes,
        scopes=vocabulary.scopes,
        lawful_bases=vocabulary.lawful_bases,
        loopback=loopback,
    )


def _pages(registration: Registration) -> dict[str, str]:
    pages = ("home_url", "privacy_url", "terms_url", "logo_uri")
    return {page: getattr(registration, page) for page in pages}


def _contact_findings(contacts: tuple[str, ...]) -> Iterator[Finding]:
    if len(contacts) > MOST_CONTACTS:
        yield Finding("contact", RegistrationProblem.TOO_MANY_CONTACTS)
    for contact in contacts[:MOST_CONTACTS]:
        yield from _text_findings("contact", contact, LONGEST_CONTACT)


def _method_findings(registration: Registration, vocabulary: Vocabulary) -> Iterator[Finding]:
    fit = vocabulary.confidential_methods if registration.kind.keeps_secret else ("none",)
    if registration.auth_method and registration.auth_method not in fit:
        method = registration.auth_method
        yield Finding("auth_method", RegistrationProblem.AUTH_METHOD_UNFIT, method)


def _keys_findings(registration: Registration, vocabulary: Vocabulary) -> Iterator[Finding]:
    needed = registration.auth_method in KEYED_METHODS
    found = registered_problems(registration.keys, needed=needed, allowed=vocabulary.hosts_inside)
    return (Finding(part, problem, value) for part, problem, value in found)


def _certificate_findings(registration: Registration, vocabulary: Vocabulary) -> Iterator[Finding]:
    found = certificate_problems(
        registration.certificate,
        method=registration.auth_method,
        binds=registration.requests.certificate_bound_access_tokens,
        offered=vocabulary.certificates,
    )
    return (Finding(*problem) for problem in found)


def _callback_findings(
    registration: Registration, vocabulary: Vocabulary, *, loopback: bool
) -> Iterator[Finding]:
    found = callback_problems(
        registration.callbacks,
        redirect_uris=registration.addresses.redirect_uris,
        loopback=loopback,
        hosts_inside=vocabulary.hosts_inside,
    )
    return (Finding(*problem) for problem in found)


def _sector_findings(sector: str) -> Iterator[Finding]:
    if sector and not _SECTOR.fullmatch(sector):
        yield Finding("sector_identifier", RegistrationProblem.SECTOR_UNFIT, sector)


def _optional_findings(part: str, text: str, longest: int) -> Iterator[Finding]:
    if text:
        yield from _text_findings(part, text, longest)


def _event_findings(registration: Registration) -> Iterator[Finding]:
    if registration.receives_events and registration.kind is not Kind.WEB:
        yield Finding("event_stream", RegistrationProblem.KNOWS_NOBODY, registration.kind)


def _text_findings(part: str, text: str, longest: int) -> Iterator[Finding]:
    if not text.strip():
        yield Finding(part, RegistrationProblem.TEXT_MISSING)
    if len(text) > longest:
        yield Finding(part, RegistrationProblem.TEXT_TOO_LONG, text)
    if holds_unseen(text):
        yield Finding(part, RegistrationProblem.TEXT_UNSEEN_CHARACTER, text)
