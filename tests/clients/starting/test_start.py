"""Partners read what they can do here before they sign in."""

import pytest

from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db


def test_anybody_reads_what_partners_can_do() -> None:
    page = Visitor().get("/partners")
    assert page.status_code == 200
    assert "The sandbox needs no proof" in page.content.decode()
