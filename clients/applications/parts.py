"""A registration as one flat document of named parts, for JSON, and back."""

from dataclasses import asdict, fields, replace
from typing import Any, Final

from accounts.assurance import Level
from clients.applications.algorithms import Algorithm
from clients.applications.callbacks.rules import Callbacks
from clients.applications.certificates.rules import Certificate, SubjectKind
from clients.applications.keys.rules import Keys
from clients.applications.registration import Addresses, Kind, Registration, ScopeWanted
from clients.applications.requests.rules import Pkce, Requests

Parts = dict[str, Any]
_GROUPS: Final = {
    "addresses": Addresses,
    "callbacks": Callbacks,
    "certificate": Certificate,
    "keys": Keys,
    "requests": Requests,
}
# Given for life, or decided by which of the two registrations it is.
_FIXED: Final = frozenset({"slug", "live", "sector_identifier", "profile"})


def parts_of(registration: Registration) -> Parts:
    """Return the registration by named parts that JSON can hold."""
    parts: Parts = {}
    for name, value in asdict(registration).items():
        if name in _GROUPS:
            parts.update(value)
        elif name not in _FIXED:
            parts[name] = value
    return {name: _plain(value) for name, value in parts.items()}


def with_parts(registration: Registration, parts: Parts) -> Registration:
    """Return the registration with these parts instead of its own."""
    left = {name: _typed(name, value) for name, value in parts.items()}
    groups = {
        group: replace(getattr(registration, group), **_taken(left, kind))
        for group, kind in _GROUPS.items()
    }
    return replace(registration, **left, **groups)


def differing(before: Registration, after: Registration) -> Parts:
    """Return the parts of `after` that differ from `before`."""
    old = parts_of(before)
    return {name: value for name, value in parts_of(after).items() if old[name] != value}


def _taken(parts: Parts, group: type) -> Parts:
    """Return the parts that belong to the group, and take them away from the others."""
    names = [field.name for field in fields(group) if field.name in parts]
    return {name: parts.pop(name) for name in names}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401
    if name == "scopes":
        return tuple(ScopeWanted(**scope) for scope in value)
    if name in _KINDS and value != "":
        return _KINDS[name](value)
    return tuple(value) if isinstance(value, list) else value


_KINDS: Final[dict[str, Any]] = {
    "kind": Kind,
    "minimum_level": Level,
    "pkce": Pkce,
    "algorithm": Algorithm,
    "userinfo_algorithm": Algorithm,
    "assertion_algorithm": Algorithm,
    "request_object_algorithm": Algorithm,
    "certificate_subject_kind": SubjectKind,
}
