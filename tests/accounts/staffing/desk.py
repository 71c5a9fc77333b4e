"""A browser in the town hall, in which somebody of the staff signs in."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level, Method
from accounts.models import Account, StaffMember
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from accounts.sessions.queries import COOKIE_PURPOSE
from tests import factories
from tests.accounts.post import letters
from tests.accounts.visitor import Response, Visitor
from tests.factories.authenticators import Manner, SoftwareKey

SIGN_IN = "/staff/sign-in"
ADD = "/staff/keys/add"


class Desk(Visitor):
    """Keeps cookies between pages, a resident's and the staff's alike."""

    def post(self, path: str, **values: Any) -> Response:
        """Send a form."""
        return self.client.post(path, values)

    def options(self, path: str, **values: Any) -> dict[str, Any]:
        """Return what a page's script is told to ask a key for."""
        answer = self.post(f"{path}/options", **values)
        assert answer.status_code == 200, answer.status_code
        found: dict[str, Any] = answer.json()
        return found

    def use(self, key: SoftwareKey, manner: Manner | None = None, path: str = SIGN_IN) -> Response:
        """Answer the staff's sign-in page with a key."""
        return self.post(path, passkey=key.get(self.options(SIGN_IN), manner))

    def enrol(self, link: str, key: SoftwareKey | None = None) -> Response:
        """Add a first key by a mailed link."""
        key = key or SoftwareKey()
        return self.post(link, passkey=key.make(self.options(link)))

    def sit_down(self, account: Account, **columns: Any) -> None:
        """Sign somebody of the staff in without a page."""
        now, cookie = timezone.now(), random_token()
        self.signed_in = factories.session(
            account,
            cookie_hash=keyed_hash.digest(COOKIE_PURPOSE, cookie),
            proofs=[{"method": Method.PASSKEY, "at": int(now.timestamp())}],
            level=Level.PHISHING_RESISTANT,
            expires_at=now + settings.STAFF_ABSOLUTE,
            **columns,
        )
        self.client.cookies[settings.STAFF_COOKIE_NAME] = cookie


def at_work(*roles: str, **columns: Any) -> tuple[StaffMember, Desk]:
    """Return somebody of the staff in these roles, and the browser in which they signed in."""
    member, desk = factories.staff_member(*roles), Desk()
    desk.sit_down(member.account, **columns)
    return member, desk


def newest_link() -> str:
    """Send the mails that wait and return the path of the newest one's link."""
    return [letter for letter in letters() if "first-key" in letter.text][-1].path(
        "/staff/first-key/"
    )
