"""A browser on its way through the sign-up pages, without a server."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.factories import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

_WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


def wide(text: str) -> str:
    """Return the text in the full-width letters that East Asian keyboards type."""
    return text.translate(_WIDE)


@dataclass
class Browser:
    """One browser's cookies and the page about its sign-up."""

    client: Client = field(default_factory=lambda: Client(headers={"user-agent": FIREFOX}))
    waiting: str = ""

    def flow(self) -> str:
        """Begin a flow and return its id."""
        response = self.client.get("/sign-up")
        return str(response["Location"]).partition("flow=")[2]

    def begin(self, address: str, flow: str = "") -> HttpResponse:
        """Ask for an account with this address."""
        data = {"flow": flow or self.flow(), "email": address}
        response: Any = self.client.post("/sign-up", data)
        if response.status_code == 302:
            self.waiting = response["Location"]
        return response  # type: ignore[no-any-return]

    def page(self, name: str) -> str:
        """Return the address of another page about the same sign-up."""
        return self.waiting.replace("check-email", name)

    def look(self) -> Any:  # noqa: ANN401 - the test client's own response
        """Open the waiting page again."""
        return self.client.get(self.waiting)

    def standing(self) -> str:
        """Return what the waiting page's script is told."""
        return str(self.client.get(self.page("status")).json()["standing"])

    def type_code(self, code: str) -> Any:  # noqa: ANN401
        """Type a code on the waiting page."""
        return self.client.post(self.waiting, {"code": code})

    def send_again(self) -> Any:  # noqa: ANN401
        """Ask for a new code."""
        return self.client.post(self.page("new-code"))

    def finish(self, **answers: str) -> Any:  # noqa: ANN401
        """Fill in the last page."""
        data = {"full_name": "Ann Example", "password": PASSWORD, **answers}
        return self.client.post(self.page("details"), data)

    def is_signed_in(self) -> bool:
        """Say whether this browser has a session's cookie."""
        cookie = self.client.cookies.get("session")
        return cookie is not None and bool(cookie.value)
