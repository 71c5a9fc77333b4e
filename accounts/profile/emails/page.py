"""What the page of an account's addresses shows."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.models import Account, EmailAddress, Session
from accounts.pages import components
from accounts.profile.emails import queries
from accounts.profile.emails.changes import queries as changes
from accounts.profile.emails.changes.wording import DONE, Kind


def words(session: Session, *, done: str) -> dict[str, Any]:
    """Return the page's words; `done` is what the address says was just done."""
    account, change = session.account, changes.open_change(session.account)
    return {
        "account": account,
        "rows": [_row(row) for row in queries.addresses(account)],
        "change": change,
        "stage": changes.stage(change, session) if change else "",
        "done": _done(account, done),
    }


def _done(account: Account, named: str) -> str | Promise:
    """Return the sentence for the change that the address names, if it is done and this one's."""
    if named == "removed":
        return DONE[Kind.REMOVE]
    with suppress(ValueError):
        row = changes.of_account(account, UUID(named))
        return DONE[row.kind] if row and row.done_at else ""
    return ""


def _row(row: EmailAddress) -> dict[str, Any]:
    tag = _tag(row)
    value = format_html("{} {}", row.address, tag) if tag else row.address
    return {
        "key": {"text": _("Main address") if row.is_primary else _("Other address")},
        "value": {"html": value, "classes": "govuk-!-text-break-word"},
        "actions": {"items": _actions(row)},
    }


def _tag(row: EmailAddress) -> str:
    if row.unsafe_since is None:
        return ""
    return components.render("tag", {"text": _("Unsafe"), "classes": "govuk-tag--red"})


def _actions(row: EmailAddress) -> list[dict[str, str]]:
    if row.is_primary:
        return [_action(_("Change"), _("main email address"), reverse("profile:change_email"))]
    remove = _action(_("Remove"), row.address, reverse("profile:remove_email", args=[row.pk]))
    if row.unsafe_since is not None:
        return [remove]
    main = reverse("profile:make_main_email", args=[row.pk])
    return [_action(_("Make main"), row.address, main), remove]


def _action(text: str, about: str, href: str) -> dict[str, str]:
    return {"text": text, "visuallyHiddenText": about, "href": href}
