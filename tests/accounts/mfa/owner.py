"""A resident at the pages of their own ways to sign in."""

import re
from datetime import timedelta

from django.utils import timezone

from accounts.models import Account, Session
from tests.accounts.visitor import Response, Visitor
from tests.factories import people, ways

ANN = "ann@example.org"
WAYS = "/account/ways-to-sign-in"


class Owner(Visitor):
    """Signed in as Ann, by whatever her account has."""

    def __init__(self, account: Account | None = None, *, app: bytes | None = None) -> None:
        super().__init__()
        self.account = account or people.account(ANN, password=people.PASSWORD)
        self.sign_in(app)

    def sign_in(self, app: bytes | None = None, return_to: str = "/account") -> Response:
        """Sign in by the password, and by the app if there is one."""
        flow = self.begin(return_to)
        response = self.submit(ANN, flow=flow)
        if app is not None:
            values = {"flow": flow, "code": ways.code_of(app)}
            response = self.client.post("/sign-in/app", values)
        return response

    def hidden(self, path: str, name: str) -> str:
        """Return what a page's form carries unseen."""
        page = self.get(path).content.decode()
        found = re.search(rf'name="{name}" value="([^"]+)"', page)
        assert found, page
        return found[1]

    def grow_stale(self) -> None:
        """Let the sign-in be twenty minutes old."""
        old = timezone.now() - timedelta(minutes=20)
        Session.objects.filter(ended_at=None).update(auth_time=old, signed_in_at=old)


def asks_to_sign_in(response: Response) -> bool:
    """Say whether the answer sends to a new, full sign-in."""
    return bool(response.status_code == 302 and "again=fully" in response["Location"])
