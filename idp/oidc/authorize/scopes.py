"""Which of the scopes asked for an application gets (RFC 6749 §3.3)."""

from collections.abc import Iterable

from clients.models import Application
from clients.scopes import SCOPES


def allowed(application: Application, asked: Iterable[str]) -> list[str]:
    """Return the scopes that exist and that the application may ask for, each once, in order."""
    granted = registered(application)
    if "refresh_token" not in application.grant_types:
        # OIDC Core §11: it asks for refresh tokens, which this application may not use.
        granted.discard("offline_access")
    return [scope for scope in dict.fromkeys(asked) if scope in granted]


def registered(application: Application) -> set[str]:
    """Return the scopes that exist and that the application may ask for."""
    return {"openid", *application.scopes.values_list("scope", flat=True)} & SCOPES.keys()
