"""What pages may ask a browser for."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_only_our_own_pages_ask_for_keys_and_none_for_a_camera() -> None:
    policy = Client().get("/help/contact").headers["Permissions-Policy"].split(", ")
    assert "publickey-credentials-get=(self)" in policy
    assert "publickey-credentials-create=(self)" in policy
    assert "camera=()" in policy


def test_what_programs_read_carries_no_such_header() -> None:
    assert "Permissions-Policy" not in Client().get("/manifest.webmanifest").headers
