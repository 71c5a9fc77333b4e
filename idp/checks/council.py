"""Residents must reach the council that runs this, not a placeholder."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name
from django.utils.module_loading import import_string
from django.utils.translation import to_locale

from accounts.council.placeholders import is_placeholder
from idp.checks.registry import exposed, rule

_CONTACTS: Final = (
    "COUNCIL_NAME",
    "COUNCIL_PHONE",
    "COUNCIL_HOURS",
    "COUNCIL_EMAIL",
    "COUNCIL_ADDRESS",
    "COUNCIL_WEBSITE",
    "ACCESSIBILITY_CONTACT",
    "DATA_PROTECTION_CONTACT",
)
_ADDRESSES: Final = ("COUNCIL_EMAIL", "ACCESSIBILITY_CONTACT", "DATA_PROTECTION_CONTACT")


@rule
def contacts_are_real() -> Iterator[CheckMessage]:
    """Somebody who cannot sign in would ring a number that nobody answers."""
    unreal = [name for name in _CONTACTS if is_placeholder(getattr(settings, name))]
    if exposed() and unreal:
        yield Error(
            "Residents would be given placeholder contact details.",
            hint=f"Set {', '.join(f'BOROUGH_{name}' for name in unreal)}.",
            id="borough.E020",
        )


@rule
def contact_addresses_are_addresses() -> Iterator[CheckMessage]:
    """They become links that open a mail."""
    wrong = [name for name in _ADDRESSES if not _is_address(getattr(settings, name))]
    if wrong:
        yield Error(
            "A contact that should be an email address is not one.",
            hint=f"Look at {', '.join(f'BOROUGH_{name}' for name in wrong)}.",
            id="borough.E021",
        )


@rule
def sender_is_real() -> Iterator[CheckMessage]:
    """Mail from a domain that is not ours is thrown away on the way."""
    if exposed() and is_placeholder(settings.DEFAULT_FROM_EMAIL):
        yield Error(
            f"Mail would be sent from {settings.DEFAULT_FROM_EMAIL!r}.",
            hint="Set BOROUGH_MAIL_FROM to an address of the council's own domain.",
            id="borough.E022",
        )


@rule
def the_way_out_is_a_website() -> Iterator[CheckMessage]:
    """Whoever must leave a page at once would stay on it, or a script would run."""
    address = urlsplit(settings.EXIT_URL)
    if address.scheme not in {"https", "http"} or not address.hostname:
        yield Error(
            f"“Exit this page” would lead to {settings.EXIT_URL!r}.",
            hint="Set BOROUGH_EXIT_URL to the https address of an everyday page.",
            id="borough.E023",
        )


@rule
def languages_can_be_read() -> Iterator[CheckMessage]:
    """Pages are written in the first; one without a catalogue would be a choice of nothing."""
    codes = [code for code, _name in settings.LANGUAGES]
    if codes[0] != settings.LANGUAGE_CODE:
        yield Error(
            f"The first language is {codes[0]!r}, but pages are written in "
            f"{settings.LANGUAGE_CODE!r}.",
            hint=f"Let BOROUGH_LANGUAGES begin with {settings.LANGUAGE_CODE}.",
            id="borough.E024",
        )
        return
    untold = [code for code in codes if code != settings.LANGUAGE_CODE and not _catalogue(code)]
    if untold:
        yield Warning(
            f"There is no catalogue of {', '.join(untold)}: pages stay in English.",
            hint="Put CODE/LC_MESSAGES/django.mo into BOROUGH_LOCALE_DIR.",
            id="borough.W024",
        )


@rule
def addresses_can_be_looked_up() -> Iterator[CheckMessage]:
    """Residents would be asked for a postcode that finds nothing."""
    if not settings.ADDRESS_LOOKUP:
        return
    try:
        import_string(settings.ADDRESS_LOOKUP)
    except ImportError:
        yield Error(
            f"There is no class {settings.ADDRESS_LOOKUP!r} to look up postal addresses.",
            hint="Set BOROUGH_ADDRESS_LOOKUP to one, as module.Class, or to nothing.",
            id="borough.E025",
        )


def _catalogue(code: str) -> bool:
    name = Path(to_locale(code), "LC_MESSAGES", "django.mo")
    return any((Path(str(folder)) / name).is_file() for folder in settings.LOCALE_PATHS)


def _is_address(value: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value))
