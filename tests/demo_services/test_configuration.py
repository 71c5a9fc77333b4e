"""Reading demo.json: all a service needs, or a plain sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.demo_services import configuration
from deploy.demo_services.configuration import ConfigurationError, Neighbour

DEMO: dict[str, Any] = {
    "issuer": "http://localhost:8000",
    "services": [
        {"key": "council-tax", "name": "Council Tax", "url": "http://127.0.0.1:8001"},
        {"key": "community-hub", "name": "The Hub", "url": "http://127.0.0.1:8002/"},
    ],
    "people": [],
    "applications": [
        {
            "key": "community-hub",
            "name": "The Hub",
            "client_id": "hub",
            "client_secret": "hush",
            "events_token": "hush too",
            "redirect_uris": ["http://127.0.0.1:8002/callback"],
            "post_logout_redirect_uris": ["http://127.0.0.1:8002/signed-out"],
        },
    ],
    "outbox": "http://localhost:8000/outbox",
}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    path = tmp_path / "demo.json"
    path.write_text(json.dumps(DEMO))
    return path


def test_service_knows_itself_its_provider_and_its_neighbour(demo: Path) -> None:
    service = configuration.read(demo, "community-hub")
    assert service.host == "127.0.0.1:8002"
    assert service.provider_origin == "http://localhost:8000"
    assert service.redirect_uri == "http://127.0.0.1:8002/callback"
    assert service.neighbours == (Neighbour("Council Tax", "http://127.0.0.1:8001"),)


def test_secret_is_not_printed(demo: Path) -> None:
    assert "hush" not in repr(configuration.read(demo, "community-hub"))


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Start the provider's demo first"):
        configuration.read(tmp_path / "none.json", "community-hub")


def test_application_that_was_not_seeded_is_named(demo: Path) -> None:
    with pytest.raises(ConfigurationError, match="council-tax"):
        configuration.read(demo, "council-tax")


@pytest.mark.parametrize("text", ["{", "[]", "{}", "\xff"])
def test_other_content_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "demo.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigurationError):
        configuration.read(path, "community-hub")
