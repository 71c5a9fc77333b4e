"""Residents must reach the council that runs this, not a placeholder."""

import re
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

from idp.checks.registry import exposed, rule

# Names reserved for examples (RFC 2606, RFC 6761), and Ofcom's telephone numbers for drama.
_PLACEHOLDER: Final = re.compile(
    r"\bexample\b|\.(test|invalid|localhost)\b|\b7946 ?0\d{3}\b|\b(01632|029 ?2018|0113 ?496)\b",
    re.IGNORECASE,
)
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
    unreal = [name for name in _CONTACTS if _is_placeholder(getattr(settings, name))]
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
    if exposed() and _is_placeholder(settings.DEFAULT_FROM_EMAIL):
        yield Error(
            f"Mail would be sent from {settings.DEFAULT_FROM_EMAIL!r}.",
            hint="Set BOROUGH_MAIL_FROM to an address of the council's own domain.",
            id="borough.E022",
        )


def _is_placeholder(value: str) -> bool:
    return not value.strip() or bool(_PLACEHOLDER.search(value))


def _is_address(value: str) -> bool:
    return bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value))
