"""A resident who is signed in and changes email addresses, without Chromium."""

import re
from typing import Any

from accounts.models import Account, EmailChange
from tests import factories
from tests.accounts.visitor import Visitor

OLD, NEW = "ann@example.org", "ann.new@example.org"


class Resident(Visitor):
    """Somebody signed in just now by password, with an account whose address is `OLD`."""

    def __init__(self, account: Account | None = None) -> None:
        super().__init__()
        self.account = account or factories.account(OLD, password=factories.PASSWORD)
        self.enter(self.account)

    def post(self, path: str, **values: str) -> Any:  # noqa: ANN401 - the test client's own
        return self.client.post(path, values)

    def ask(self, page: str = "change", **values: str) -> str:
        """Ask for an address and return the path of the change's page."""
        response = self.post(f"/account/emails/{page}", **{"email": NEW, **values})
        assert response.status_code == 303, text(response)
        return str(response["Location"])

    def addresses(self) -> list[str]:
        """Return the account's addresses, the main one first."""
        rows = self.account.email_addresses.order_by("-is_primary", "pk")
        return [row.address for row in rows]

    def change(self) -> EmailChange:
        """Return the change that was begun last."""
        return EmailChange.objects.order_by("started_at").last() or EmailChange()


def text(response: object) -> str:
    """Return what the page says, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", getattr(response, "content").decode())  # noqa: B009
    return re.sub(r"\s+", " ", plain)
