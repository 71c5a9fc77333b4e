"""A program that registers an application by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.test import Client

from accounts.audit.actor import OPERATOR
from clients.applications.registration import ScopeWanted
from clients.initial_access import operations
from clients.initial_access.rules import Limits, Terms
from clients.models import InitialAccessToken, Organisation
from tests import factories
from tests.protocol.partner import body

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

JSON: Final = "application/json"
CALLBACK: Final = "https://service.example.org/callback"
METADATA: Final[dict[str, Any]] = {"client_name": "Parking", "redirect_uris": [CALLBACK]}
SCOPES: Final = ("openid", "email", "offline_access")


@dataclass(frozen=True)
class Registrar:
    """Whoever holds an initial access token; every call is a request of its own."""

    secret: str = field(repr=False)
    row: InitialAccessToken
    http: Client = field(default_factory=lambda: Client(headers={"host": "localhost"}))

    @classmethod
    def allowed(
        cls,
        *,
        scopes: Sequence[str] = SCOPES,
        grants: Sequence[str] = ("authorization_code", "refresh_token"),
        pkce_may_be_optional: bool = False,
        applications: int = 100,
        of: Organisation | None = None,
    ) -> "Registrar":
        """Return the holder of a new token that allows this."""
        wanted = tuple(ScopeWanted(scope, "consent", f"To try {scope}") for scope in scopes)
        limits = Limits(wanted, tuple(grants), pkce_may_be_optional)
        made = operations.create(
            organisation=of or factories.organisation(),
            terms=Terms("For tests", limits, applications, timedelta(days=1)),
            by=OPERATOR,
        )
        return cls(made.secret, made.token)

    def post(self, metadata: object, **headers: str) -> "Answer":
        """Ask to register this."""
        headers = {"Authorization": f"Bearer {self.secret}", **headers}
        return self.http.post("/register", metadata, content_type=JSON, headers=headers)

    def register(self, **members: Any) -> dict[str, Any]:
        """Return what was registered of fit metadata with these members."""
        answer = self.post({**METADATA, **members})
        assert answer.status_code == 201, answer.content
        return body(answer)
