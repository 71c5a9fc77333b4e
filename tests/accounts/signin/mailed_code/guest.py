"""Somebody whose name was guessed at so often that we ask for a mailed code first."""

from tests.accounts.visitor import Response, Visitor
from tests.factories import people

WRONG = "wrong horse battery"
NAME = "ann@example.org"
NOBODY = "unknown@example.org"


class Guest(Visitor):
    """Somebody in a browser that was never signed in, with one sign-in under way."""

    def __init__(self, network: str = "192.0.2.1") -> None:
        super().__init__(network=network)
        self.flow = self.begin()

    def password(self, name: str = NAME, password: str = people.PASSWORD) -> Response:
        return self.submit(name, password, flow=self.flow)

    def send(self, name: str = NAME, **more: str) -> Response:
        values = {"flow": self.flow, "sign_in_name": name, **more}
        return self.client.post("/sign-in/send-code", values)

    def code(self, code: str) -> Response:
        return self.client.post("/sign-in/mailed-code", {"flow": self.flow, "code": code})

    def follow(self, path: str) -> Response:
        """Choose the button behind a mailed link."""
        return self.client.post(path)

    def page(self) -> str:
        return str(self.get(f"/sign-in/mailed-code?flow={self.flow}").content.decode())


def wrong(code: str) -> str:
    """Return a code that is not this one."""
    return "000000" if code != "000000" else "000001"
