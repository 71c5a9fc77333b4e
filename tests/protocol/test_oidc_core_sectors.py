"""OpenID Connect Core §8.1: sectors of applications that register themselves."""

import pytest

from clients.models import Application
from tests.protocol.partner import refused
from tests.protocol.registering import CALLBACK, METADATA, Registrar

pytestmark = pytest.mark.django_db

TWO_HOSTS = [CALLBACK, "https://elsewhere.example.org/callback"]


def test_hosts_that_ask_for_pairwise_subjects_together_need_a_list() -> None:
    answer = Registrar.allowed().post(
        {**METADATA, "redirect_uris": TWO_HOSTS, "subject_type": "pairwise"}
    )
    assert refused(answer, "invalid_client_metadata")
    assert "sector_identifier_uri" in answer.json()["error_description"]
    assert not Application.objects.exists()


@pytest.mark.parametrize("addresses", [[CALLBACK], TWO_HOSTS])
def test_who_names_no_subject_type_gets_a_sector_of_its_own(addresses: list[str]) -> None:
    told = Registrar.allowed().register(redirect_uris=addresses)
    row = Application.objects.get()
    assert row.sector_identifier == row.client_id == told["client_id"]
    assert told["subject_type"] == "pairwise"


def test_one_host_needs_no_list() -> None:
    Registrar.allowed().register(subject_type="pairwise", redirect_uris=[CALLBACK, f"{CALLBACK}2"])
    row = Application.objects.get()
    assert row.sector_identifier == row.client_id
