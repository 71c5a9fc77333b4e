"""The list in which browsers look up who may use our passkeys."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_browsers_find_the_websites_that_share_our_passkeys(settings: Settings) -> None:
    settings.PASSKEY_ORIGINS = ["https://login.example.org", "https://old.example.org"]
    response = Client().get("/.well-known/webauthn")
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {"origins": ["https://login.example.org", "https://old.example.org"]}
    assert not response.cookies
