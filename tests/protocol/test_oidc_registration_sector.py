"""OpenID Connect Registration §5, Core §8.1: applications that know a resident by one number."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from clients.applications.changing import operations as changing
from clients.applications.registration import Changes
from clients.models import Application
from tests import factories
from tests.protocol.partner import body, refused
from tests.protocol.publisher import Publisher, publishing
from tests.protocol.registering import CALLBACK, METADATA, Registrar, wish

pytestmark = pytest.mark.django_db
OTHER: Final = "https://other.example.org/cb"


@pytest.fixture
def list_owner(settings: Settings) -> Iterator[Publisher]:
    """Yield a server that lists two addresses on two hosts."""
    with publishing(settings) as publisher:
        publisher.say(json.dumps([CALLBACK, OTHER]).encode())
        yield publisher


@pytest.fixture
def registrar() -> Registrar:
    return Registrar.allowed()


def asked(publisher: Publisher, **members: Any) -> dict[str, Any]:
    uris = {"redirect_uris": [CALLBACK, OTHER], "sector_identifier_uri": publisher.uri}
    return {**METADATA, **uris, **members}


def test_hosts_that_ask_for_pairwise_subjects_together_need_a_list(registrar: Registrar) -> None:
    """Core §8.1."""
    wanted = {**METADATA, "redirect_uris": [CALLBACK, OTHER], "subject_type": "pairwise"}
    answer = registrar.post(wanted)
    assert refused(answer, "invalid_client_metadata")
    assert "sector_identifier_uri" in body(answer)["error_description"]
    assert not Application.objects.exists()


@pytest.mark.parametrize("uris", [[CALLBACK], [CALLBACK, OTHER]])
def test_who_names_no_subject_type_gets_a_sector_of_its_own(
    registrar: Registrar, uris: list[str]
) -> None:
    told = registrar.register(redirect_uris=uris)
    row = Application.objects.get()
    assert row.sector_identifier == row.client_id
    assert told["subject_type"] == "pairwise"


def test_one_host_needs_no_list(registrar: Registrar) -> None:
    registrar.register(subject_type="pairwise", redirect_uris=[CALLBACK, f"{CALLBACK}2"])
    row = Application.objects.get()
    assert row.sector_identifier == row.client_id


def test_the_lists_host_is_the_sector(registrar: Registrar, list_owner: Publisher) -> None:
    told = [
        body(registrar.post(asked(list_owner, redirect_uris=[one]))) for one in (CALLBACK, OTHER)
    ]
    assert told[0]["sector_identifier_uri"] == list_owner.uri
    rows = Application.objects.all()
    assert {row.sector_identifier for row in rows} == {"127.0.0.1"}
    assert list_owner.asked == 2


@pytest.mark.parametrize(
    "listed",
    [
        b"[]",
        b"{}",
        b"",
        b"[1, null]",
        json.dumps([CALLBACK]).encode(),
        json.dumps([CALLBACK, OTHER.upper()]).encode(),
        json.dumps({"redirect_uris": [CALLBACK, OTHER]}).encode(),
        b"[" * 100 + b"]" * 100,
        json.dumps([CALLBACK, OTHER, "x" * 70_000]).encode(),
    ],
    ids=lambda text: text[:20].decode(),
)
def test_a_list_without_every_address_is_no_proof(
    registrar: Registrar, list_owner: Publisher, listed: bytes
) -> None:
    list_owner.say(listed)
    assert refused(registrar.post(asked(list_owner)), "invalid_client_metadata")
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "head",
    ["HTTP/1.1 404 Not Found", "HTTP/1.1 302 Found\r\nLocation: https://sector.example.org/"],
)
def test_only_what_is_found_there_counts(
    registrar: Registrar, list_owner: Publisher, head: str
) -> None:
    list_owner.say(json.dumps([CALLBACK, OTHER]).encode(), head)
    assert refused(registrar.post(asked(list_owner)), "invalid_client_metadata")


def test_nobody_learns_why_it_could_not_be_read(
    registrar: Registrar, list_owner: Publisher
) -> None:
    list_owner.say(b"", "HTTP/1.1 404 Not Found")
    told = {body(registrar.post(asked(list_owner)))["error_description"][:65]}
    inside = asked(list_owner, sector_identifier_uri="https://10.0.0.1/")
    told.add(body(registrar.post(inside))["error_description"][:65])
    assert len(told) == 1


def test_nobody_without_a_token_makes_us_ask(registrar: Registrar, list_owner: Publisher) -> None:
    answer = registrar.post(asked(list_owner), Authorization="Bearer x")
    assert refused(answer, "invalid_token", 401)
    assert list_owner.asked == 0


def test_no_other_organisation_joins_a_sector(registrar: Registrar, list_owner: Publisher) -> None:
    factories.application(sector_identifier="127.0.0.1")
    assert refused(registrar.post(asked(list_owner)), "invalid_client_metadata")


def test_an_update_needs_its_addresses_on_the_list_too(
    registrar: Registrar, list_owner: Publisher
) -> None:
    told = body(registrar.post(asked(list_owner)))
    third = wish(told, redirect_uris=[CALLBACK, "https://third.example.org/"])
    assert refused(registrar.manage("PUT", told, third), "invalid_client_metadata")
    fewer = wish(told, redirect_uris=[OTHER])
    assert body(registrar.manage("PUT", told, fewer))["redirect_uris"] == [OTHER]
    without = wish(told, redirect_uris=[OTHER], sector_identifier_uri=None)
    assert refused(registrar.manage("PUT", told, without), "invalid_client_metadata")


def test_an_operators_change_of_addresses_leaves_it(
    registrar: Registrar, list_owner: Publisher
) -> None:
    registrar.post(asked(list_owner))
    row = Application.objects.get()
    changes = Changes(redirect_uris=("https://third.example.org/cb",))
    changed = changing.change(application=row, changes=changes, by=OPERATOR).application
    assert changed.sector_identifier == "127.0.0.1"


def test_what_was_told_may_be_sent_back_though_hosts_differ(registrar: Registrar) -> None:
    told = registrar.register(redirect_uris=[CALLBACK, OTHER])
    sector = Application.objects.get().sector_identifier
    answer = registrar.manage("PUT", told, wish(told, client_name="Bins"))
    assert body(answer)["redirect_uris"] == [CALLBACK, OTHER]
    assert Application.objects.get().sector_identifier == sector
