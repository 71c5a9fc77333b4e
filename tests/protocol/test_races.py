"""Twenty requests at once against the served provider: one wins, and nothing is left over."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Barrier
from time import time
from typing import Any

import httpx
import pytest

from idp.keys.material import Algorithm
from tests.databases import fresh
from tests.factories import REDIRECT_URI, VERIFIER, challenge
from tests.protocol.signing import ASSERTION_TYPE, signing_key
from tests.serving import provider
from tests.serving.provider import Prepared, Served

TOGETHER = 20

# As after the very first migrations, which take seconds.
_WITHOUT_KEYS = """
from idp.models import SigningKey
SigningKey.objects.all().delete()
assert not SigningKey.objects.exists()
"""


@dataclass
class Racer:
    """An application that sends one request many times at once."""

    issuer: str
    ask: Callable[..., dict[str, Any]]
    http: httpx.Client
    client_id: str
    secret: str
    code: str
    family: str

    def exchange(self, **changes: str) -> httpx.Response:
        parameters = {
            "grant_type": "authorization_code",
            "code": self.code,
            "redirect_uri": REDIRECT_URI,
            "code_verifier": VERIFIER,
            **changes,
        }
        return self._post(parameters)

    def refresh(self, token: str) -> httpx.Response:
        return self._post({"grant_type": "refresh_token", "refresh_token": token})

    def userinfo(self, tokens: dict[str, Any]) -> int:
        header = {"Authorization": f"Bearer {tokens['access_token']}"}
        return self.http.get(f"{self.issuer}/userinfo", headers=header).status_code

    def _post(self, parameters: dict[str, str]) -> httpx.Response:
        auth = (self.client_id, self.secret)
        return self.http.post(f"{self.issuer}/token", data=parameters, auth=auth)

    def rows(self, verb: str, *arguments: str) -> dict[str, Any]:
        return self.ask(verb, self.family, *arguments)


def together(send: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Send a request twenty times at the same moment, each on a connection of its own."""
    barrier = Barrier(TOGETHER)

    def one(_number: int) -> httpx.Response:
        barrier.wait(timeout=60)
        return send()

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


def outcomes(responses: list[httpx.Response]) -> Counter[str]:
    return Counter(
        "tokens" if response.status_code == 200 else str(response.json()["error"])
        for response in responses
    )


def winner(responses: list[httpx.Response]) -> dict[str, Any]:
    return dict(next(answer for answer in responses if answer.status_code == 200).json())


@pytest.fixture
def racer(served: Served, ask: Callable[..., dict[str, Any]]) -> Iterator[Racer]:
    with httpx.Client(timeout=60) as http:
        yield Racer(served.issuer, ask, http, **ask("issue"))


def test_of_twenty_exchanges_of_one_code_one_wins(racer: Racer) -> None:
    responses = together(racer.exchange)
    assert outcomes(responses) == {"tokens": 1, "invalid_grant": TOGETHER - 1}
    assert racer.rows("count") == {"access": 1, "refresh": 1, "events": 1}
    tokens = winner(responses)
    assert racer.userinfo(tokens) == 200
    assert racer.refresh(tokens["refresh_token"]).status_code == 200


def test_a_second_later_another_exchange_ends_everything(racer: Racer) -> None:
    tokens = winner(together(racer.exchange))
    refreshed = racer.refresh(tokens["refresh_token"]).json()
    racer.rows("age", "1")
    assert outcomes(together(racer.exchange)) == {"invalid_grant": TOGETHER}
    assert [racer.userinfo(one) for one in (tokens, refreshed)] == [401, 401]
    assert racer.refresh(refreshed["refresh_token"]).json()["error"] == "invalid_grant"


def test_wrong_tries_beside_the_right_one_change_nothing(racer: Racer) -> None:
    wrong = iter(["", *["x" * 43] * (TOGETHER - 1)])

    def send() -> httpx.Response:
        verifier = next(wrong)
        return racer.exchange(**({"code_verifier": verifier} if verifier else {}))

    responses = together(send)
    assert outcomes(responses) == {"tokens": 1, "invalid_grant": TOGETHER - 1}
    assert racer.userinfo(winner(responses)) == 200


def test_of_twenty_refreshes_of_one_token_one_wins(racer: Racer) -> None:
    first = racer.exchange().json()
    responses = together(lambda: racer.refresh(first["refresh_token"]))
    assert outcomes(responses) == {"tokens": 1, "invalid_grant": TOGETHER - 1}
    assert racer.rows("count") == {"access": 2, "refresh": 2, "events": 2}
    second = winner(responses)
    assert racer.userinfo(second) == 200
    assert racer.refresh(second["refresh_token"]).status_code == 200


def test_ten_seconds_later_the_old_token_ends_the_family(racer: Racer) -> None:
    first = racer.exchange().json()
    second = racer.refresh(first["refresh_token"]).json()
    racer.rows("age", "10")
    assert racer.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert racer.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"
    assert [racer.userinfo(one) for one in (first, second)] == [401, 401]


def test_an_old_token_beside_its_successor_leaves_nothing_alive(racer: Racer) -> None:
    first = racer.exchange().json()
    second = racer.refresh(first["refresh_token"]).json()
    racer.rows("age", "10")
    tokens = iter([first["refresh_token"], second["refresh_token"]] * (TOGETHER // 2))
    responses = together(lambda: racer.refresh(next(tokens)))
    for answer in responses:
        if answer.status_code == 200:
            assert racer.userinfo(answer.json()) == 401
            again = racer.refresh(answer.json()["refresh_token"])
            assert again.json()["error"] == "invalid_grant"


def test_of_twenty_uses_of_one_client_assertion_one_wins(
    served: Served, ask: Callable[..., dict[str, Any]]
) -> None:
    """RFC 7523 §3, item 7."""
    key = signing_key("ES256")
    client_id = ask("register_keys", json.dumps({"keys": [key.jwk]}))["client_id"]
    claims = {"iss": client_id, "sub": client_id, "aud": served.issuer, "jti": "one"}
    form = {
        "token": "nonsense.a.b",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": key.sign({**claims, "exp": int(time()) + 120}),
    }
    with httpx.Client(timeout=60) as http:
        answers = together(lambda: http.post(f"{served.issuer}/revoke", data=form))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: TOGETHER - 1}
    refusals = [answer.json() for answer in answers if answer.status_code == 401]
    assert {refusal["error"] for refusal in refusals} == {"invalid_client"}
    assert all("used before" in refusal["error_description"] for refusal in refusals)


def test_of_twenty_browsers_that_open_one_pushed_request_one_owns_it(racer: Racer) -> None:
    """RFC 9126 §7.3: whoever finds a request_uri must not go on beside the one it is for."""
    asked = {"response_type": "code", "redirect_uri": REDIRECT_URI, "scope": "openid"}
    proof = {"code_challenge": challenge(), "code_challenge_method": "S256"}
    auth = (racer.client_id, racer.secret)
    pushed = racer.http.post(f"{racer.issuer}/par", data={**asked, **proof}, auth=auth).json()
    named = {"client_id": racer.client_id, "request_uri": pushed["request_uri"]}
    answers = together(lambda: httpx.get(f"{racer.issuer}/authorize", params=named, timeout=60))
    assert Counter(answer.status_code for answer in answers) == {303: 1, 400: TOGETHER - 1}


@pytest.mark.parametrize(
    "ending",
    [
        "signed out",
        "account closed",
        "consent withdrawn",
        "service blocked",
        "organisation blocked",
        "application suspended",
    ],
)
def test_what_ends_beside_an_exchange_ends_its_tokens_too(
    ask: Callable[..., dict[str, Any]], ending: str
) -> None:
    outcome = ask("end_beside_exchange", ending)
    assert outcome == {"exchange": 200, "userinfo": 401, "live": 0}


@pytest.mark.parametrize("ending", ["consent withdrawn", "service blocked", "organisation blocked"])
def test_what_ends_beside_a_refresh_leaves_nothing_alive(
    ask: Callable[..., dict[str, Any]], ending: str
) -> None:
    outcome = ask("end_beside_refresh", ending)
    assert outcome == {"refresh": 200, "known": 0, "again": 400}


def test_a_refresh_beside_a_new_agreement_goes_on_under_it(
    ask: Callable[..., dict[str, Any]],
) -> None:
    outcome = ask("agree_beside_refresh")
    assert outcome == {"refresh": 200, "userinfo": 200, "again": 200}


@pytest.mark.slow
def test_processes_that_start_together_make_one_active_key(
    prepared: Prepared, tmp_path: Path
) -> None:
    engine = os.environ.get("BOROUGH_DATABASE_URL", "")
    with fresh.database(engine, tmp_path, like=prepared.database_url) as url:
        environment = os.environ | {"BOROUGH_DATABASE_URL": url}
        provider.run_command(environment, "shell", "--no-imports", "--command", _WITHOUT_KEYS)
        with ThreadPoolExecutor(4) as pool:
            create = partial(provider.run_command, environment, "keys", "create", "--json")
            printed = list(pool.map(lambda _number: create(), range(4)))
    states = [(key["algorithm"], key["state"]) for key in json.loads(printed[-1])]
    assert Counter(states) == {
        (algorithm.value, state): 1 for algorithm in Algorithm for state in ("active", "next")
    }
