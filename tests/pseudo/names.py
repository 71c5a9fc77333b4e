"""What stays as it is in every language."""

from django.conf import settings

from accounts.security import cookies
from clients.applications.high.rules import SECTIONS
from clients.scopes import SCOPES
from idp.portal.examples.libraries import LIBRARIES


def names() -> list[str]:
    """Return the names that come from settings, from rows of the tour and from browsers."""
    of_council = [
        settings.COUNCIL_NAME,
        settings.SERVICE_NAME,
        settings.COUNCIL_HOURS,
        settings.COUNCIL_EMAIL,
        settings.COUNCIL_ADDRESS,
        settings.COUNCIL_WEBSITE,
        settings.ACCESSIBILITY_CONTACT,
        settings.DATA_PROTECTION_CONTACT,
        settings.ACCESSIBILITY_PREPARED,
        settings.ACCESSIBILITY_REVIEWED,
    ]
    others = [cookie.name for cookie in cookies.COOKIES]
    # As each language calls itself; the made-up one as the language that its code belongs to.
    own_names = ["British English", "English"]
    # Scopes are called by the specifications, for whoever asks for them.
    return [
        *of_council,
        *others,
        *own_names,
        *SCOPES,
        # And specifications by themselves.
        *{section.partition(" §")[0] for section in SECTIONS.values()},
        *(name for library in LIBRARIES.values() for name in (library.name, *library.files)),
        "Firefox",
        "Linux",
        "Kingfisher Row, Exampleham",
        "riverside.org",
        "Sam Staff",
        "Contact centre",
    ]
