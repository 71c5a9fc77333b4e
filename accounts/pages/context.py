"""What every template, page or mail, knows of the council that runs this."""

from django.conf import settings
from django.http import HttpRequest

from accounts.council import queries
from accounts.council.rules import Values
from accounts.council.shown import as_shown
from accounts.models import ServiceNotice
from accounts.pages import brand
from accounts.pages.languages import several


def council(request: HttpRequest | None) -> dict[str, object]:
    """Return what the layouts show of the council; works without a request."""
    del request
    return _words(queries.details(), queries.notices())


def council_without_looking() -> dict[str, object]:
    """Return the same as this process knew it last, for pages that must not ask the database."""
    known = queries.details_without_looking()
    return _words(known, queries.notices_without_looking())


def _words(values: Values, notices: list[ServiceNotice]) -> dict[str, object]:
    sheet = brand.stylesheet(values)
    return {
        "council": as_shown(values),
        "brand_version": sheet.version if sheet else "",
        "service_notices": notices,
        "several_languages": several(),
        "account_menu": settings.ACCOUNT_MENU,
        "exit_url": settings.EXIT_URL,
        "demo": settings.DEMO,
    }
