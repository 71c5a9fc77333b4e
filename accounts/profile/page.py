"""What the account page shows."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Session
from accounts.sessions import queries


def rows(session: Session) -> list[dict[str, Any]]:
    """Return the account of this session as a summary list takes it."""
    account = session.account
    addresses = account.email_addresses.order_by("-is_primary", "pk")
    lines = ((row.address,) for row in addresses)
    return [
        _row(_("Your name"), text=account.full_name),
        _row(_("Sign-in name"), text=account.sign_in_name),
        _row(_("Email address"), html=format_html_join("", "<div>{}</div>", lines)),
        _row(_("Where you are signed in"), text=_places(len(queries.of_account(account)))),
    ]


def _row(label: str, **value: str) -> dict[str, Any]:
    return {"key": {"text": label}, "value": value}


def _places(browsers: int) -> str:
    others = browsers - 1
    if others < 1:
        return _("In this browser only")
    return ngettext(
        "In this browser and {count} other", "In this browser and {count} others", others
    ).format(count=others)
