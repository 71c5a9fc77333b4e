"""Residents' words for claims and their values (OIDC Core §5.1)."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy
from phonenumbers import NumberParseException

from accounts.names.phone_numbers import spoken

_DATE: Final = "j F Y"
LABELS: Final[Mapping[str, Promise]] = {
    "name": gettext_lazy("Name"),
    "family_name": gettext_lazy("Last name"),
    "given_name": gettext_lazy("First name"),
    "middle_name": gettext_lazy("Middle name"),
    "nickname": gettext_lazy("Nickname"),
    "also_known_as": gettext_lazy("Former name"),
    "preferred_username": gettext_lazy("User name"),
    "profile": gettext_lazy("Profile page"),
    "picture": gettext_lazy("Picture"),
    "website": gettext_lazy("Website"),
    "gender": gettext_lazy("Gender"),
    "birthdate": gettext_lazy("Date of birth"),
    "zoneinfo": gettext_lazy("Time zone"),
    "locale": gettext_lazy("Language"),
    "updated_at": gettext_lazy("Last changed"),
    "email": gettext_lazy("Email address"),
    "email_verified": gettext_lazy("Whether your email address is confirmed"),
    "address": gettext_lazy("Address"),
    "phone_number": gettext_lazy("Phone number"),
    "phone_number_verified": gettext_lazy("Whether your phone number is confirmed"),
    "old_user_ids": gettext_lazy("What it called your earlier account there"),
}
# Claims that say something of another: a sentence when true and one when not.
SAID: Final[Mapping[str, tuple[Promise, Promise]]] = {
    "email_verified": (
        gettext_lazy("Confirmed as yours alone"),
        gettext_lazy("Not confirmed as yours alone"),
    ),
    "phone_number_verified": (
        gettext_lazy("Confirmed as yours"),
        gettext_lazy("Not confirmed as yours"),
    ),
}

# Why the law lets an organisation have what it asks for (UK GDPR article 6(1)).
REASONS: Final[Mapping[str, Promise]] = {
    "public_task": gettext_lazy("{details}: {organisation} needs this for work the law gives it."),
    "legal_obligation": gettext_lazy("{details}: the law requires {organisation} to know this."),
    "contract": gettext_lazy(
        "{details}: {organisation} needs this to give you what you ask it for."
    ),
    "consent": gettext_lazy("{details}: only because you agree to it."),
}


def named(labels: Collection[str]) -> str:
    """Return the details in the middle of a sentence: "Name", "Address" and "Phone number"."""
    quoted = [gettext("“{label}”").format(label=label) for label in labels]
    return get_text_list(quoted, gettext("and"))


def said(claim: str, value: object) -> str:
    """Return what a claim of `SAID` says."""
    yes, no = SAID[claim]
    return str(yes if value else no)


def shown(claim: str, value: object) -> str:
    """Return the value as the page shows it."""
    if isinstance(value, Mapping):
        return str(value.get("formatted") or ", ".join(str(part) for part in value.values()))
    if claim == "updated_at" and isinstance(value, int | float):
        return date_format(datetime.fromtimestamp(value, UTC).date(), _DATE)
    if claim == "birthdate":
        return _birthdate(str(value))
    if claim == "phone_number":
        return _phone(str(value))
    return str(value)


def _phone(value: str) -> str:
    try:
        return spoken(value)
    except NumberParseException:
        # A test account's, which may be anything.
        return value


def _birthdate(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value), _DATE)
    except ValueError:
        # OIDC Core §5.1: the year alone, or 0000 for a year that is not told.
        return value
