"""What the page of places shows."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from accounts.models import RememberedDevice, Session
from accounts.notices.wording import DETAILS
from accounts.pages.alike import told_apart
from accounts.pages.moments import moment
from accounts.sessions import queries
from accounts.sessions.remembered.queries import of_account


@dataclass(frozen=True)
class Place:
    """One browser: its kind, and what its owner can tell it by. `id` goes back in a form.

    `about`: what a button beside it is heard with, no two alike.
    """

    id: str
    browser: str
    lines: list[str]
    about: str = ""


def elsewhere(here: Session) -> list[Place]:
    """Return every other browser in which the account is signed in, the one used last first."""
    sessions = queries.of_account(here.account)
    return _told_apart([signed_in(session) for session in sessions if session.pk != here.pk])


def remembered(here: Session) -> list[Place]:
    """Return every browser that is spared the second step."""
    return _told_apart([_remembered(device) for device in of_account(here.account)])


def signed_in(session: Session) -> Place:
    """Return the browser that is signed in so."""
    ways = [str(DETAILS[proof["method"]]) for proof in session.proofs]
    lines = [
        _("Signed in on {moment} by {ways}").format(
            moment=moment(session.auth_time), ways=_(" and ").join(ways)
        ),
        _("Last used on {moment}").format(moment=moment(session.last_seen_at)),
    ]
    if session.is_shared_device:
        lines.append(_("A device that others use too"))
    return Place(str(session.pk), _named(session.started_on), lines)


def _remembered(device: RememberedDevice) -> Place:
    lines = [
        _("Since {moment}").format(moment=moment(device.created_at)),
        _("Until {moment}").format(moment=moment(device.expires_at)),
    ]
    return Place(str(device.pk), _named(device.started_on), lines)


def _told_apart(places: list[Place]) -> list[Place]:
    texts = told_apart([f"{place.browser}, {place.lines[0]}" for place in places])
    return [replace(place, about=text) for place, text in zip(places, texts, strict=True)]


def _named(started_on: str) -> str:
    return started_on or _("A browser we do not know")
