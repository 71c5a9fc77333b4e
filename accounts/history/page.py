"""What the pages of an account's history show."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.history.queries import Changed, teams_of
from accounts.history.wording import words
from accounts.models import AuditEvent, Session
from accounts.notices.wording import DETAILS
from accounts.pages.alike import told_apart
from accounts.pages.moments import moment


def rows(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return events as a summary list takes them, each with a way to say that it was not you."""
    listed = list(events)
    ids = {event.session_id for event in listed if event.session_id}
    browsers = dict(Session.objects.filter(pk__in=ids).values_list("pk", "started_on"))
    teams = teams_of(listed)
    said = [words(event, teams.get(event.actor_id, "")) for event in listed]
    about = told_apart([_about(event, what) for event, what in zip(listed, said, strict=True)])
    return [
        _row(event, what, which, browsers.get(event.session_id, "") if event.session_id else "")
        for event, what, which in zip(listed, said, about, strict=True)
    ]


def _about(event: AuditEvent, what: str) -> str:
    return _("on {moment}: {what}").format(moment=moment(event.at), what=what)


def _row(event: AuditEvent, what: str, about: str, browser: str) -> dict[str, Any]:
    action = {
        "href": reverse("history:not_me", args=[event.pk]),
        "text": _("This wasn’t me"),
        "visuallyHiddenText": about,
    }
    return {
        "key": {"text": moment(event.at)},
        "value": {"html": format_html("{}<br>{}", what, browser)} if browser else {"text": what},
        "actions": {"items": [action]},
    }


def pagination(page: Page[AuditEvent]) -> dict[str, Any]:
    """Return the links to newer and older events as a pagination component takes them."""
    links: dict[str, Any] = {}
    if page.has_previous():
        links["previous"] = _link(page, page.previous_page_number(), _("Newer"))
    if page.has_next():
        links["next"] = _link(page, page.next_page_number(), _("Older"))
    return links


def _link(page: Page[AuditEvent], number: int, text: str) -> dict[str, str]:
    label = _("Page {number} of {count}").format(number=number, count=page.paginator.num_pages)
    return {"href": f"?page={number}", "text": text, "labelText": label}


def names(changed: Changed) -> list[str]:
    """Return the ways to sign in as their owner knows them."""
    ways = [
        _("{kind}: {name}").format(kind=DETAILS[way.kind], name=way.label)
        if way.label
        else str(DETAILS[way.kind])
        for way in changed.ways
    ]
    return [*ways, str(DETAILS["password"])] if changed.password else ways
