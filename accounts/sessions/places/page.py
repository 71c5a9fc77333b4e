"""What the page of places shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import RememberedDevice, Session
from accounts.notices.wording import DETAILS
from accounts.pages.moments import moment
from accounts.sessions import queries
from accounts.sessions.remembered.queries import of_account


@dataclass(frozen=True)
class Place:
    """One browser: its kind, and what its owner can tell it by. `id` goes back in a form."""

    id: str
    browser: str
    lines: list[str]
    is_here: bool = False


def signed_in(here: Session) -> list[Place]:
    """Return every browser in which the account is signed in, this one first."""
    sessions = queries.of_account(here.account)
    sessions.sort(key=lambda session: session.pk != here.pk)
    return [_signed_in(session, here) for session in sessions]


def remembered(here: Session) -> list[Place]:
    """Return every browser that is spared the second step."""
    return [_remembered(device) for device in of_account(here.account)]


def _signed_in(session: Session, here: Session) -> Place:
    ways = [str(DETAILS[proof["method"]]) for proof in session.proofs]
    lines = [
        _("Signed in on {moment} by {ways}").format(
            moment=moment(session.auth_time), ways=_(" and ").join(ways)
        ),
        _("Last used on {moment}").format(moment=moment(session.last_seen_at)),
    ]
    if session.is_shared_device:
        lines.append(_("A device that others use too"))
    return Place(str(session.pk), _named(session.started_on), lines, session.pk == here.pk)


def _remembered(device: RememberedDevice) -> Place:
    lines = [
        _("Since {moment}").format(moment=moment(device.created_at)),
        _("Until {moment}").format(moment=moment(device.expires_at)),
    ]
    return Place(str(device.pk), _named(device.started_on), lines)


def _named(started_on: str) -> str:
    return started_on or _("A browser we do not know")
