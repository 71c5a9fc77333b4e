"""An application as a program: what it sends to the token endpoint and its relatives."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote_plus, urlencode

from django.test import Client

from clients.models import Application
from tests import factories
from tests.factories import REDIRECT_URI, VERIFIER, IssuedCode

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

FORM = "application/x-www-form-urlencoded"


@dataclass
class Partner:
    """One application with its secret; every call is a request of its own."""

    application: Application
    secret: str = ""
    http: Client = field(default_factory=lambda: Client(headers={"host": "localhost"}))

    @classmethod
    def confidential(cls, **columns: Any) -> Self:
        """Return a new application with a secret, authenticating by HTTP Basic."""
        application = factories.application(**columns)
        return cls(application, factories.client_secret(application))

    @classmethod
    def public(cls, **columns: Any) -> Self:
        """Return a new application without a secret."""
        return cls(factories.application(public=True, **columns))

    def post(self, path: str, parameters: dict[str, str], **headers: str) -> "Answer":
        """Post the parameters, authenticated by the registered method unless told otherwise."""
        method = self.application.token_endpoint_auth_method
        if method == "client_secret_basic":
            headers = {"Authorization": basic(self.application.client_id, self.secret), **headers}
        else:
            parameters = {"client_id": self.application.client_id, **parameters}
        if method == "client_secret_post":
            parameters = {"client_secret": self.secret, **parameters}
        return self.raw(path, urlencode(parameters), **headers)

    def raw(self, path: str, body: str | bytes, **headers: str) -> "Answer":
        """Post a body as it is, with no authentication but what `headers` hold."""
        return self.http.post(path, body, content_type=FORM, headers=headers)

    def exchange(self, issued: IssuedCode, **changes: str) -> "Answer":
        """Exchange a code, with changes to the right parameters; an empty one is left out."""
        parameters = {
            "grant_type": "authorization_code",
            "code": issued.code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER,
            **changes,
        }
        return self.post("/token", {name: text for name, text in parameters.items() if text})

    def tokens(self, **grant: Any) -> dict[str, Any]:
        """Return the tokens of a new sign-in."""
        response = self.exchange(factories.grant(self.application, **grant))
        assert response.status_code == 200, response.content
        return body(response)

    def refresh(self, token: str, **more: str) -> "Answer":
        """Use a refresh token."""
        return self.post("/token", {"grant_type": "refresh_token", "refresh_token": token, **more})

    def revoke(self, token: str, **more: str) -> "Answer":
        """Revoke a token."""
        return self.post("/revoke", {"token": token, **more})

    def userinfo(self, token: str) -> "Answer":
        """Ask who signed in."""
        return self.http.get("/userinfo", headers={"Authorization": f"Bearer {token}"})


def basic(client_id: str, secret: str) -> str:
    """Return the Authorization header of RFC 6749 §2.3.1."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {b64encode(pair.encode()).decode()}"


def body(response: "Answer") -> dict[str, Any]:
    """Return the JSON of an answer."""
    parsed = response.json()
    assert isinstance(parsed, dict)
    return parsed


def refused(response: "Answer", error: str, status: int = 400) -> bool:
    """Say whether the answer refuses as RFC 6749 §5.2 wants it, and holds nothing else."""
    parsed = body(response)
    assert (response.status_code, parsed["error"]) == (status, error), parsed
    assert set(parsed) == {"error", "error_description"}
    assert response["Cache-Control"] == "no-store"
    assert response["Pragma"] == "no-cache"
    return True
