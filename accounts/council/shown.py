"""The council as pages and mails show it: the settings, with what was published over them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings

from accounts.council.rules import Detail, Values
from accounts.names.phone_numbers import spoken

# What a fresh instance shows until its owner publishes something.
_SETTINGS: Final[Mapping[Detail, str]] = {
    Detail.NAME: "COUNCIL_NAME",
    Detail.SERVICE: "SERVICE_NAME",
    Detail.COLOUR: "BRAND_COLOUR",
    Detail.LINK_COLOUR: "BRAND_COLOUR",
    Detail.PHONE: "COUNCIL_PHONE",
    Detail.HOURS: "COUNCIL_HOURS",
    Detail.EMAIL: "COUNCIL_EMAIL",
    Detail.ADDRESS: "COUNCIL_ADDRESS",
    Detail.WEBSITE: "COUNCIL_WEBSITE",
    Detail.ACCESSIBILITY_CONTACT: "ACCESSIBILITY_CONTACT",
    Detail.DATA_PROTECTION_CONTACT: "DATA_PROTECTION_CONTACT",
}


@dataclass(frozen=True)
class Council:
    """Names and contact details, for residents' eyes; `number` is the phone's as it is kept."""

    name: str
    service: str
    phone: str
    hours: str
    email: str
    address: str
    website: str
    accessibility_contact: str
    data_protection_contact: str
    colour: str
    number: str = ""
    counters: tuple[str, ...] = ()
    privacy_notice: str = ""

    @property
    def phone_link(self) -> str:
        """The phone number as a `tel:` address (RFC 3966)."""
        return "tel:" + re.sub(r"[^0-9+]", "", self.number)


def complete(published: Mapping[str, str]) -> dict[Detail, str]:
    """Return every value, from the settings where none was published."""
    return {one: published.get(one, _default(one)) for one in Detail}


def as_shown(values: Values) -> Council:
    """Return the council as these values show it."""
    return Council(
        name=values[Detail.NAME],
        service=values[Detail.SERVICE],
        phone=phone_as_written(values[Detail.PHONE]),
        hours=values[Detail.HOURS],
        email=values[Detail.EMAIL],
        address=values[Detail.ADDRESS],
        website=values[Detail.WEBSITE],
        accessibility_contact=values[Detail.ACCESSIBILITY_CONTACT],
        data_protection_contact=values[Detail.DATA_PROTECTION_CONTACT],
        colour=values[Detail.COLOUR],
        number=values[Detail.PHONE],
        counters=tuple(values[Detail.COUNTERS].split("\n")) if values[Detail.COUNTERS] else (),
        privacy_notice=values[Detail.PRIVACY_NOTICE],
    )


def phone_as_written(kept: str) -> str:
    """Return a published number as people here write it; one of the settings as it stands there."""
    return spoken(kept) if re.fullmatch(r"\+[0-9]+", kept) else kept


def _default(detail: Detail) -> str:
    return str(getattr(settings, _SETTINGS[detail])) if detail in _SETTINGS else ""
