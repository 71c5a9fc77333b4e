"""Somebody who wants a new password, without a server."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.accounts import post

NEW = "violet lantern orchard"


@dataclass
class Forgetful:
    """A browser on the pages for a new password."""

    client: Client = field(default_factory=Client)

    def ask(self, typed: str) -> Any:  # noqa: ANN401 - the test client's own response
        """Ask for a link by sign-in name or address."""
        return self.client.post("/reset-password", {"sign_in_name": typed})

    def link(self, typed: str) -> str:
        """Ask, and return the path of the mailed link."""
        self.ask(typed)
        return post.newest().path("/reset-password/")

    def choose(self, link: str, password: str = NEW) -> Any:  # noqa: ANN401
        """Choose a new password by the link."""
        return self.client.post(link, {"password": password})
