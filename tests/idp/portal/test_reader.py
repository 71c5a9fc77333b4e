"""The page that reads an ID token holds all that it needs, and takes nothing."""

import json
import re

import pytest

from clients.models import Member
from idp.keys.queries import published
from tests import factories
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db


def test_the_page_brings_our_public_keys_and_the_client_id_along() -> None:
    factories.signing_keys()
    partner = Partner(Member.Role.VIEWER)
    application = partner.sandbox()
    page = text(partner.get(partner.page(application, "id-token")))
    found = re.search(r'<script id="known" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    known = json.loads(found[1])
    assert known["client"] == application.client_id
    assert known["keys"] == published()
    assert not any("d" in key for key in known["keys"])


def test_a_token_can_be_sent_nowhere_and_without_scripts_the_page_says_why() -> None:
    partner = Partner(Member.Role.VIEWER)
    address = partner.page(partner.sandbox(), "id-token")
    page = text(partner.get(address)).partition("<main")[2].partition("</main>")[0]
    assert "<form" not in page
    assert 'name="' not in page
    assert "<noscript>" in page
    assert partner.post(address).status_code == 405


def test_another_organisations_page_is_not_there() -> None:
    partner = Partner()
    assert partner.get(partner.page(factories.application(), "id-token")).status_code == 404
