"""A resident with a password and second ways, at the sign-in pages."""

from accounts.models import Account
from tests.accounts.visitor import Response, Visitor
from tests.factories import people

ANN = "ann@example.org"


def ann() -> Account:
    """Return the resident, who has a password alone."""
    return people.account(ANN, password=people.PASSWORD)


class TwoSteps(Visitor):
    """Somebody at the sign-in pages who knows Ann's password."""

    flow = ""

    def first_step(self, return_to: str = "/help/contact", **columns: object) -> Response:
        """Type the password in a new sign-in."""
        self.flow = self.begin(return_to, **columns)
        return self.submit(ANN, flow=self.flow)

    def type(self, way: str, code: str, **values: str) -> Response:
        """Type a code into the page of this way."""
        values = {"flow": self.flow, "code": code, **values}
        return self.client.post(f"/sign-in/{way}", values)

    def page(self, way: str) -> Response:
        """Open the page of this way."""
        return self.get(f"/sign-in/{way}?flow={self.flow}")
