"""What an organisation says it keeps, and its privacy notices, gathered from details for a page."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join

from idp.oidc.sharing.page import Detail
from idp.oidc.sharing.wording import named


@dataclass(frozen=True)
class Notice:
    """A privacy notice; `about` names the details that it is about, empty: all of them."""

    address: str
    version: str
    about: str


def kept(shown_details: list[Detail]) -> list[dict[str, Any]]:
    """Return what the organisation keeps, how long and why, as a summary list takes it.

    Each text once, beside the details that it is said of, a line each.
    """
    labels: dict[str, list[str]] = {}
    for detail in shown_details:
        labels.setdefault(detail.retention, []).append(str(detail.label))
    return [
        {
            "key": {"html": format_html_join("", "<div>{}</div>", ((name,) for name in names))},
            "value": {"text": text},
        }
        for text, names in labels.items()
        if text
    ]


def notices(shown_details: list[Detail]) -> list[Notice]:
    """Return the privacy notices that the details come under."""
    labels: dict[tuple[str, str], list[str]] = {}
    for detail in shown_details:
        labels.setdefault(detail.notice, []).append(str(detail.label))
    return [
        Notice(address, version, "" if len(labels) == 1 else named(names))
        for (address, version), names in labels.items()
        if address
    ]
