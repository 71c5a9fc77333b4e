"""What is asked of an organisation about its application, and what of it may be changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final, Literal

from accounts.assurance import Level
from clients.applications.algorithms import Algorithm
from clients.applications.callbacks.rules import NO_CALLBACKS, Callbacks
from clients.applications.certificates.rules import NO_CERTIFICATE, Certificate, SubjectKind
from clients.applications.keys.rules import NO_KEYS, Keys
from clients.applications.requests.rules import ORDINARY, Pkce, Requests
from clients.organisations.rules import slug_of

# The grant of RFC 8628, for what has no browser to be sent back to.
DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"


class Kind(StrEnum):
    """What runs the application, which decides whether it can keep a secret (RFC 6749 §2.1)."""

    WEB = "web"
    SPA = "spa"
    NATIVE = "native"
    SERVICE = "service"
    DEVICE = "device"

    @property
    def keeps_secret(self) -> bool:
        """Whether it runs where its users cannot read its secret."""
        return self in {Kind.WEB, Kind.SERVICE}


class Profile(StrEnum):
    """How strict the protocol is with the application; high: FAPI 2.0."""

    STANDARD = "standard"
    HIGH = "high"


@dataclass(frozen=True)
class ScopeWanted:
    """A scope the application may ask for, on which lawful basis and what for.

    `retention` is what it keeps of it, how long and why. An empty `privacy_notice` stands for the
    application's own.
    """

    scope: str
    lawful_basis: str
    purpose: str
    retention: str = ""
    privacy_notice: str = ""
    notice_version: str = ""


@dataclass(frozen=True)
class Told:
    """What is to be told of a scope from now on; None leaves a part as it is."""

    lawful_basis: str | None = None
    purpose: str | None = None
    retention: str | None = None
    privacy_notice: str | None = None
    notice_version: str | None = None

    def wanted(self) -> dict[str, str]:
        """Return the parts to change, by name."""
        return {part: value for part, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Addresses:
    """Where browsers may be sent after signing in and after signing out."""

    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...] = ()


@dataclass(frozen=True)
class Registration:
    """All that is asked of an organisation about its application; the rest is derived.

    Applications of one `sector_identifier` know a resident by the same number; empty: this one
    alone. `receives_events`: it may hear of accounts that it knows, by a stream (SSF), and gets
    tokens in its own name for that. `algorithm` signs its ID tokens, `userinfo_algorithm` what
    userinfo answers; empty: plain JSON. `assertion_algorithm` is the one that it signs assertions
    with; empty: any of them.
    """

    name: str
    kind: Kind
    live: bool
    addresses: Addresses
    scopes: tuple[ScopeWanted, ...]
    slug: str = ""
    profile: Profile = Profile.STANDARD
    auth_method: str = ""
    keys: Keys = NO_KEYS
    certificate: Certificate = NO_CERTIFICATE
    callbacks: Callbacks = NO_CALLBACKS
    requests: Requests = ORDINARY
    home_url: str = ""
    privacy_url: str = ""
    other_way: str = ""
    terms_url: str = ""
    logo_uri: str = ""
    contacts: tuple[str, ...] = ()
    sector_identifier: str = ""
    sector_identifier_uri: str = ""
    minimum_level: Level = Level.ONE_FACTOR
    is_sensitive: bool = False
    receives_events: bool = False
    skips_sharing: bool = False
    algorithm: Algorithm = Algorithm.ES256
    userinfo_algorithm: Algorithm | Literal[""] = ""
    assertion_algorithm: Algorithm | Literal[""] = ""

    @property
    def short_name(self) -> str:
        """The name that operators type: the one given, or one made from the name."""
        return self.slug or slug_of(self.name)


@dataclass(frozen=True)
class Changes:
    """What is to become of an application; None leaves a part as it is.

    For `default_max_age`, empty is none. Scopes that come without retention and notice keep those
    that they had.
    """

    name: str | None = None
    minimum_level: Level | None = None
    is_sensitive: bool | None = None
    receives_events: bool | None = None
    skips_sharing: bool | None = None
    algorithm: Algorithm | None = None
    userinfo_algorithm: Algorithm | Literal[""] | None = None
    assertion_algorithm: Algorithm | Literal[""] | None = None
    auth_method: str | None = None
    scopes: tuple[ScopeWanted, ...] | None = None
    redirect_uris: tuple[str, ...] | None = None
    post_logout_redirect_uris: tuple[str, ...] | None = None
    pkce: Pkce | None = None
    requires_pushed_requests: bool | None = None
    requires_signed_requests: bool | None = None
    dpop_bound_access_tokens: bool | None = None
    certificate_bound_access_tokens: bool | None = None
    certificate_subject_kind: SubjectKind | Literal[""] | None = None
    certificate_subject: str | None = None
    request_uris: tuple[str, ...] | None = None
    request_object_algorithm: Algorithm | Literal[""] | None = None
    default_max_age: int | Literal[""] | None = None
    default_acr_values: tuple[str, ...] | None = None
    home_url: str | None = None
    privacy_url: str | None = None
    terms_url: str | None = None
    other_way: str | None = None

    def wanted(self) -> dict[str, Any]:
        """Return the parts to change, by name."""
        return {part: value for part, value in vars(self).items() if value is not None}

    def made_to(self, registration: Registration) -> Registration:
        """Return the registration with these changes."""
        wanted = self.wanted()
        if wanted.get("default_max_age") == "":
            wanted["default_max_age"] = None
        if "scopes" in wanted:
            wanted["scopes"] = tuple(_kept_telling(registration.scopes, wanted["scopes"]))
        groups: dict[str, Any] = {
            "addresses": replace(registration.addresses, **_taken(wanted, Addresses)),
            "requests": replace(registration.requests, **_taken(wanted, Requests)),
            "certificate": replace(registration.certificate, **_taken(wanted, Certificate)),
        }
        return replace(registration, **wanted, **groups)


def _kept_telling(
    before: Iterable[ScopeWanted], after: Iterable[ScopeWanted]
) -> Iterator[ScopeWanted]:
    known = {one.scope: one for one in before}
    for one in after:
        former = known.get(one.scope, one)
        yield replace(
            one,
            retention=one.retention or former.retention,
            privacy_notice=one.privacy_notice or former.privacy_notice,
            notice_version=one.notice_version or former.notice_version,
        )


def _taken(
    wanted: dict[str, Any], group: type[Addresses] | type[Requests] | type[Certificate]
) -> dict[str, Any]:
    """Return the parts that belong to the group, and take them away from the others."""
    names = [one.name for one in fields(group) if one.name in wanted]
    return {name: wanted.pop(name) for name in names}
