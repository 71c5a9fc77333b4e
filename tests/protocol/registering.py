"""A program that registers an application by itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

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
# What no update may set (RFC 7592 §2.2).
OURS: Final = (
    "registration_access_token",
    "registration_client_uri",
    "client_secret_expires_at",
    "client_id_issued_at",
)
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

    def manage(self, method: str, told: dict[str, Any], metadata: object = "") -> "Answer":
        """Read, replace or end what was registered, with the token that came with it."""
        uri = urlsplit(told["registration_client_uri"])
        bearer = {"Authorization": f"Bearer {told['registration_access_token']}"}
        address = f"{uri.path}?{uri.query}"
        return self.http.generic(
            method, address, _text(metadata), content_type=JSON, headers=bearer
        )

    def register(self, **members: Any) -> dict[str, Any]:
        """Return what was registered of fit metadata with these members."""
        answer = self.post({**METADATA, **members})
        assert answer.status_code == 201, answer.content
        return body(answer)


def wish(told: dict[str, Any], **members: Any) -> dict[str, Any]:
    """Return a fit update: what was told, without what no update may hold, with these members."""
    left = {name: value for name, value in told.items() if name not in OURS}
    return {**left, **members}


def _text(metadata: object) -> str:
    return metadata if isinstance(metadata, str) else json.dumps(metadata)
