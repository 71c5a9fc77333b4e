"""A program that calls the partners' API."""

import json
from typing import Any

from django.test import Client

from clients.models import Application, Member, Organisation
from tests import factories
from tests.factories.api_tokens import api_token

DECLARED = {"name": "Bin Days", "redirect_uris": ["https://bins.example.org/callback"]}
SCOPES = [
    {"scope": "openid", "lawful_basis": "public_task", "purpose": "To know that it is you"},
    {"scope": "email", "lawful_basis": "consent", "purpose": "To remind you"},
]
WHOLE = {**DECLARED, "scopes": SCOPES}


def kind_of(body: object) -> str:
    """Return the media type of a body: bytes are a picture."""
    return "image/png" if isinstance(body, bytes) else "application/json"


class Caller:
    """Holds a token of an organisation, in this role; one for sandbox applications alone."""

    def __init__(
        self,
        role: str = Member.Role.OWNER,
        *,
        of: Organisation | None = None,
        acts_on_live: bool = False,
    ) -> None:
        self.organisation = of or factories.organisation()
        self.token = api_token(self.organisation, role, acts_on_live=acts_on_live)
        self.client = Client()

    def call(
        self,
        method: str,
        path: str = "",
        body: object = None,
        *,
        token: str | None = None,
        content_type: str = "",
    ) -> Any:  # noqa: ANN401 - Django's own answer
        """Send a request to an address of the organisation."""
        return self.client.generic(
            method,
            f"/api/v1/organisations/{self.organisation.slug}{path}",
            data=body if isinstance(body, str | bytes) else json.dumps(body),
            content_type=content_type or kind_of(body),
            headers={"Authorization": f"Bearer {token or self.token}"},
        )

    def declare(self, slug: str, body: object = WHOLE, query: str = "") -> Any:  # noqa: ANN401
        """Declare an application."""
        return self.call("PUT", f"/applications/{slug}{query}", body)

    def sandbox(self, **columns: Any) -> Application:
        """Return a new sandbox application of the organisation."""
        columns = {"environment": Application.Environment.SANDBOX, **columns}
        return factories.application(of=self.organisation, **columns)
