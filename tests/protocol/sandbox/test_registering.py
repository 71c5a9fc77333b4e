"""A program that registered itself stays a sandbox application, whatever it says of itself."""

from typing import Any

import pytest

from clients.models import Application
from tests import factories
from tests.protocol.partner import body
from tests.protocol.registering import JSON, METADATA, Registrar, wish
from tests.protocol.resident import Resident, heading
from tests.protocol.sandbox.cast import Cast, settled

LIVE: dict[str, Any] = {
    "environment": "live",
    "live": True,
    "status": "active",
    "made_from": None,
    "software_id": "council-tax",
    "software_version": "1",
    "software_statement": "eyJhbGciOiJub25lIn0.eyJlbnZpcm9ubWVudCI6ImxpdmUifQ.",
    "client_uri": "https://service.example.org/",
    "redirect_uris": ["https://service.example.org/callback"],
}


def _row(told: dict[str, Any]) -> Application:
    return Application.objects.get(client_id=told["client_id"])


@pytest.mark.parametrize("at", ["its registration", "a change"])
def test_https_and_a_statement_about_itself_make_no_live_one(cast: Cast, at: str) -> None:
    registrar = Registrar.allowed(of=cast.trust)
    told = registrar.register(**(LIVE if at == "its registration" else {}))
    if at == "a change":
        told = {**told, **body(registrar.manage("PUT", told, wish(told, **LIVE)))}
    row = _row(told)
    assert (row.environment, row.test_group) == ("sandbox", cast.trust.pk)
    assert not told.keys() & {"software_statement", "environment", "live"}


def test_no_real_resident_is_known_to_it_even_signed_in_and_agreed(
    cast: Cast, ann: Resident
) -> None:
    row = _row(Registrar.allowed(of=cast.trust).register(**LIVE))
    settled(cast.ann, row)
    page = ann.ask(row, redirect_uri="https://service.example.org/callback")
    assert heading(page).startswith("Sign in to")


def test_its_own_token_manages_no_live_application(cast: Cast) -> None:
    registrar = Registrar.allowed(of=cast.trust)
    told = registrar.register()
    own = told["registration_client_uri"]
    assert told["client_id"] in own
    other = own.replace(told["client_id"], cast.live.client_id)
    for method in ("GET", "PUT", "DELETE"):
        assert registrar.manage(method, {**told, "registration_client_uri": other}).status_code in {
            401,
            403,
        }
    cast.live.refresh_from_db()
    assert cast.live.is_usable()


def test_a_live_applications_short_name_and_sector_are_not_to_be_had(cast: Cast) -> None:
    registrar = Registrar.allowed(of=factories.organisation())
    names = {"slug": cast.live.slug, "sector_identifier": cast.live.sector_identifier}
    row = _row(registrar.register(**names))
    assert row.slug != cast.live.slug
    assert row.sector_identifier != cast.live.sector_identifier


@pytest.mark.parametrize("member", ["jwks_uri", "sector_identifier_uri", "request_uris"])
@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "localhost", "10.1.2.3"])
def test_a_change_has_this_server_ask_nobody_inside(cast: Cast, member: str, host: str) -> None:
    registrar = Registrar.allowed(of=cast.trust)
    told = registrar.register()
    uri = f"https://{host}/keys"
    wanted = wish(told, **{member: [uri] if member == "request_uris" else uri})
    answer = registrar.manage("PUT", told, wanted)
    assert (answer.status_code, body(answer)["error"]) == (400, "invalid_client_metadata")
    assert answer["Content-Type"] == JSON
    assert METADATA["client_name"] == _row(told).name
