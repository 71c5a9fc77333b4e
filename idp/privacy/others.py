"""The council's list of services that one can sign in to."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from accounts.models import Account
from clients.models import Application
from idp.oidc import initiation
from idp.privacy import queries

_ON_A_PAGE = 25


def page(account: Account, number: str | None) -> dict[str, Any]:
    """Return one page of the list, the services under their organisations."""
    shown = Paginator(queries.others(account), _ON_A_PAGE).get_page(number)
    return {
        "services": [
            {
                "name": row.name,
                "organisation": row.organisation.name,
                "address": initiation.address(row),
            }
            for row in shown
        ],
        "shown": shown,
        "links": _links(shown),
    }


def _links(shown: Page[Application]) -> dict[str, Any]:
    links: dict[str, Any] = {}
    if shown.has_previous():
        links["previous"] = _link(shown, shown.previous_page_number(), _("Previous"))
    if shown.has_next():
        links["next"] = _link(shown, shown.next_page_number(), _("Next"))
    return links


def _link(shown: Page[Application], number: int, text: str) -> dict[str, str]:
    label = _("Page {number} of {count}").format(number=number, count=shown.paginator.num_pages)
    return {"href": f"?page={number}", "text": text, "labelText": label}
