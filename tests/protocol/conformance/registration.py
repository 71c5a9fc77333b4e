"""Dynamic registration, and what every module checks of it (OIDC Registration §3)."""

from typing import Any

import httpx

from tests.protocol.conformance.provider import Provider

Json = dict[str, Any]


def ask(provider: Provider, metadata: Json) -> httpx.Response:
    """Send a registration with the tester's initial access token."""
    endpoint = provider.metadata()["registration_endpoint"]
    token = {"Authorization": f"Bearer {provider.initial_access_token}"}
    return provider.http.post(endpoint, json=metadata, headers=token)


def register(provider: Provider, metadata: Json) -> Json:
    """Return the registration of a client, if it is answered as it should be."""
    answer = ask(provider, metadata)
    assert (answer.status_code, answer.headers["Content-Type"]) == (201, "application/json"), (
        answer.text
    )
    registered: Json = answer.json()
    if registered["token_endpoint_auth_method"].startswith("client_secret"):
        assert registered["client_secret"]
    assert ("client_secret" in registered) == ("client_secret_expires_at" in registered)
    assert registered["registration_access_token"]
    assert registered["registration_client_uri"].startswith("https://")
    return registered


def read(provider: Provider, registered: Json) -> httpx.Response:
    """Ask for a registration where the client was told to."""
    return provider.http.get(registered["registration_client_uri"], headers=_token(registered))


def is_ended(provider: Provider, registered: Json) -> bool:
    """End a registration; say whether that is answered by 204."""
    uri = registered["registration_client_uri"]
    answer = provider.http.delete(uri, headers=_token(registered))
    return (answer.status_code, answer.content) == (204, b"")


def is_refused(answer: httpx.Response, *errors: str) -> bool:
    """Say whether a registration is refused by 400 and JSON with one of these errors."""
    kind = answer.headers["Content-Type"]
    assert (answer.status_code, kind) == (400, "application/json"), answer.text
    return answer.json()["error"] in errors


def _token(registered: Json) -> dict[str, str]:
    return {"Authorization": f"Bearer {registered['registration_access_token']}"}
