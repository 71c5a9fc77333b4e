"""Twenty registrations, changes and ends at once, and what the trail keeps of them."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from idp.trail import noting
from idp.trail.entry import Entry
from tests.protocol.partner import body
from tests.protocol.registering import METADATA, Registrar, wish
from tests.protocol.signing import signing_key
from tests.protocol.test_races import TOGETHER, outcomes, together
from tests.serving.provider import Served

Told = dict[str, Any]
_numbers = count(1)


class Programs:
    """Programs that hold one initial access token of the served provider."""

    def __init__(self, served: Served, http: httpx.Client, *, applications: int) -> None:
        slug = f"registering-{next(_numbers)}"
        served.manage("organisation", "create", "--name", "Registering", "--slug", slug)
        made = served.manage(
            *("initial_access_token", "create", "--organisation", slug, "--name", "Once"),
            *("--scope", "openid:consent:To try", "--applications", str(applications)),
        )
        self._uri, self._http, self._secret = f"{served.issuer}/register", http, made["token"]

    def register(self) -> httpx.Response:
        header = {"Authorization": f"Bearer {self._secret}"}
        return self._http.post(self._uri, json=METADATA, headers=header)

    def manage(self, method: str, told: Told, metadata: Told | None = None) -> httpx.Response:
        header = {"Authorization": f"Bearer {told['registration_access_token']}"}
        uri = told["registration_client_uri"]
        return self._http.request(method, uri, json=metadata, headers=header)


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=60) as client:
        yield client


def test_of_twenty_uses_of_a_token_for_one_application_one_registers(
    served: Served, http: httpx.Client
) -> None:
    answers = together(Programs(served, http, applications=1).register)
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201, *[401] * (TOGETHER - 1)]


def test_of_twenty_ends_of_one_application_one_ends_it(served: Served, http: httpx.Client) -> None:
    programs = Programs(served, http, applications=1)
    told = programs.register().json()
    answers = together(lambda: programs.manage("DELETE", told))
    gone = [answer for answer in answers if answer.status_code == 204]
    # Who read the token just before it ended hears that the application may do nothing now.
    assert len(gone) == 1
    assert {answer.status_code for answer in answers} <= {204, 401, 403}


def test_of_twenty_changes_that_need_a_secret_one_gets_it(
    served: Served, http: httpx.Client
) -> None:
    programs = Programs(served, http, applications=1)
    told = programs.register().json()
    keys = {"jwks": {"keys": [signing_key("ES256").jwk]}}
    by_key = wish(told, token_endpoint_auth_method="private_key_jwt", **keys)
    assert programs.manage("PUT", told, by_key).status_code == 200
    back = wish(told)
    del back["client_secret"]
    answers = together(lambda: programs.manage("PUT", told, back))
    assert outcomes(answers) == {"tokens": TOGETHER}
    assert sum("client_secret" in answer.json() for answer in answers) == 1


@pytest.mark.django_db
class TestTrail:
    @pytest.fixture
    def trail(self, monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
        """Return what would be queued, in order."""
        entries: list[Entry] = []
        monkeypatch.setattr(noting.writer, "put", entries.append)
        return entries

    def test_each_request_is_noted_for_its_application(self, trail: list[Entry]) -> None:
        registrar = Registrar.allowed()
        told = registrar.register()
        registrar.manage("GET", told)
        unfit = wish(told, redirect_uris=["https://x.example/#"])
        help_code = body(registrar.manage("PUT", told, unfit))["error_description"][-9:]
        registrar.manage("DELETE", told)
        assert {entry.client_id for entry in trail} == {told["client_id"]}
        assert [(entry.endpoint, entry.status, entry.outcome) for entry in trail] == [
            ("register", 201, "ok"),
            ("register/client", 200, "ok"),
            ("register/client", 400, "invalid_redirect_uri"),
            ("register/client", 204, "ok"),
        ]
        refused = trail[2]
        assert (refused.parameter, refused.reason) == ("redirect_uris", "address_fragment")
        assert refused.help_code == help_code

    def test_no_secret_or_token_is_in_any_record(self, trail: list[Entry]) -> None:
        registrar = Registrar.allowed()
        told = registrar.register()
        registrar.manage("PUT", told, wish(told, client_secret="x" * 43))
        kept = " ".join(repr(entry) for entry in trail)
        for secret in (
            registrar.secret,
            told["client_secret"],
            told["registration_access_token"],
            "x" * 43,
        ):
            assert secret not in kept
