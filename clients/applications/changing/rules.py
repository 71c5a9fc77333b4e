"""Which changes of a live application the council looks at before they count."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from clients.applications.parts import Parts

# Whom to ask, and what to read: nobody is led anywhere or asked for anything by them.
_HARMLESS: Final = frozenset({"contacts", "other_way", "terms_url"})
# Fewer of them let an application do less, which needs nobody's leave.
_LISTS: Final = frozenset({"redirect_uris", "post_logout_redirect_uris", "request_uris", "scopes"})
# What operators alone decide, where it shows or gives less than before.
_SAFER: Final[Parts] = {
    "is_sensitive": True,
    "receives_events": False,
    "skips_sharing": False,
    "pkce": "required",
    "dpop_bound_access_tokens": True,
    "certificate_bound_access_tokens": True,
}

# What a live application has for itself: none of it is its sandbox's.
ITS_OWN: Final = frozenset(
    {
        "redirect_uris",
        "post_logout_redirect_uris",
        "backchannel_logout_uri",
        "frontchannel_logout_uri",
        "initiate_login_uri",
        "home_url",
        "privacy_url",
        "contacts",
        "jwks",
        "jwks_uri",
        "certificate_subject_kind",
        "certificate_subject",
    }
)
# What a live application takes over from its sandbox; addresses and keys are its own.
FOLLOWED: Final = frozenset(
    {
        "name",
        "scopes",
        "other_way",
        "terms_url",
        "minimum_level",
        "algorithm",
        "userinfo_algorithm",
        "default_max_age",
        "default_acr_values",
        "requires_pushed_requests",
        "requires_signed_requests",
        "dpop_bound_access_tokens",
        "certificate_bound_access_tokens",
    }
)


def to_review(before: Parts, changes: Parts) -> frozenset[str]:
    """Return the names of those changes that need two sign-offs.

    `changes` are parts that differ from `before`. What is unknown here needs them.
    """
    return frozenset(
        name for name, value in changes.items() if not _is_harmless(name, value, before)
    )


def _is_harmless(name: str, value: object, before: Parts) -> bool:
    if name in _HARMLESS:
        return True
    if name in _LISTS and isinstance(value, Collection):
        return all(each in before[name] for each in value)
    if name == "home_url":
        # Residents are led there from "Your services": nowhere that nobody has looked at.
        return _origin(str(value)) in {_origin(uri) for uri in before["redirect_uris"]}
    if name in _SAFER:
        return bool(value == _SAFER[name])
    if name == "minimum_level" and isinstance(value, int):
        return value > int(before[name])
    return False


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return "", address
    return parts.scheme, parts.netloc.lower()
