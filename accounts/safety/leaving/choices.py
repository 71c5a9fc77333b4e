"""What somebody can choose from: where the account is signed in, and by what it can be."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.mfa.queries import all_of
from accounts.models import Account, Authenticator, Session
from accounts.notices.wording import DETAILS
from accounts.pages.moments import moment
from accounts.sessions import queries as sessions
from accounts.sessions.remembered import queries as remembered


@dataclass(frozen=True)
class Choice:
    """One thing that may be ended or removed: what stands for it, its name, and more about it."""

    value: str
    text: str
    hint: str


def places_of(session: Session) -> list[Choice]:
    """Return everywhere else that the account is signed in, and where it is remembered."""
    others = [row for row in sessions.of_account(session.account) if row.pk != session.pk]
    devices = remembered.of_account(session.account)
    return [
        *(
            Choice(
                f"session-{row.pk}",
                row.started_on or _("A browser we do not know"),
                _("Signed in on {moment}").format(moment=moment(row.auth_time)),
            )
            for row in others
        ),
        *(
            Choice(
                f"device-{row.pk}",
                _("{browser}, which we remember").format(browser=row.started_on),
                _("Since {moment}").format(moment=moment(row.created_at)),
            )
            for row in devices
        ),
    ]


def ways_of(account: Account) -> list[Choice]:
    """Return the account's ways to sign in besides its password, the one used last first."""
    return [Choice(str(way.pk), _name(way), _ages(way)) for way in all_of(account)]


def _name(way: Authenticator) -> str:
    kind = str(DETAILS[way.kind]).capitalize()
    return _("{kind}: {name}").format(kind=kind, name=way.label) if way.label else kind


def _ages(way: Authenticator) -> str:
    added = _("Added on {moment}").format(moment=moment(way.created_at))
    if way.last_used_at is None:
        return _("{added}, never used").format(added=added)
    return _("{added}, last used on {used}").format(added=added, used=moment(way.last_used_at))
