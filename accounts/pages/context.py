"""What every template, page or mail, knows of the council that runs this."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from accounts.pages import brand
from accounts.pages.languages import several


@dataclass(frozen=True)
class Council:
    """Names and contact details from the settings, for residents' eyes."""

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

    @property
    def phone_link(self) -> str:
        """The phone number as a `tel:` address (RFC 3966)."""
        return "tel:" + re.sub(r"[^0-9+]", "", self.phone)


def council(request: HttpRequest | None) -> dict[str, object]:
    """Return what the layouts show of the council; works without a request."""
    del request
    sheet = brand.stylesheet()
    return {
        "council": details(),
        "brand_version": sheet.version if sheet else "",
        "several_languages": several(),
        "account_menu": settings.ACCOUNT_MENU,
        "exit_url": settings.EXIT_URL,
        "demo": settings.DEMO,
    }


def details() -> Council:
    """Return the council's names and contact details."""
    return Council(
        name=settings.COUNCIL_NAME,
        service=settings.SERVICE_NAME,
        phone=settings.COUNCIL_PHONE,
        hours=settings.COUNCIL_HOURS,
        email=settings.COUNCIL_EMAIL,
        address=settings.COUNCIL_ADDRESS,
        website=settings.COUNCIL_WEBSITE,
        accessibility_contact=settings.ACCESSIBILITY_CONTACT,
        data_protection_contact=settings.DATA_PROTECTION_CONTACT,
        colour=settings.BRAND_COLOUR,
    )
