"""A partner's live application, and a file that declares it."""

import json
from pathlib import Path

import pytest

from clients.models import Application
from tests.clients.approval import rounds


@pytest.fixture
def live() -> Application:
    """Return a partner's live application, with two owners."""
    return rounds.sandbox(
        environment=Application.Environment.LIVE, redirect_uris="https://a.example.org/cb"
    )


@pytest.fixture
def file(live: Application, tmp_path: Path) -> Path:
    """Return a file that declares the live application as it is."""
    path = tmp_path / "applications.json"
    scopes = live.scopes.order_by("pk").values("scope", "lawful_basis", "purpose", "retention")
    one = {
        "slug": live.slug,
        "live": True,
        "name": live.name,
        "redirect_uris": live.redirect_uris.split(),
        "scopes": list(scopes),
        "contacts": live.contacts,
        "client_uri": live.home_url,
        "policy_uri": live.privacy_url,
        "other_way": live.other_way,
    }
    path.write_text(json.dumps({"organisation": live.organisation.slug, "applications": [one]}))
    return path
