"""A parameter of a megabyte, ten thousand scopes, JSON of a hundred levels: at every address."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from idp.oidc.errors import ErrorCode
from idp.oidc.urls import MACHINE_ENDPOINTS, urlpatterns
from tests.factories import REDIRECT_URI
from tests.protocol.partner import FORM, Partner, body
from tests.protocol.resident import parameters
from tests.protocol.signing import encoded

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

MEGABYTE: Final = "a" * 10**6
SCOPES: Final = "openid " + " ".join(f"scope-{number}" for number in range(10_000))
DEEP: Final = '{"userinfo":' * 100 + "{}" + "}" * 100
DEEP_TOKEN: Final = ".".join(encoded(text.encode()) for text in (DEEP, DEEP, "x"))
NAMES: Final = (
    *("scope", "claims", "request", "state", "token", "code", "client_assertion", "vtr"),
    *("id_token_hint", "access_token", "user_code", "device_code", "wish", "client_id"),
)


def _leaves(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _leaves(pattern.url_patterns)
        else:
            yield f"/{pattern.pattern}"


ALL: Final = sorted(_leaves(urlpatterns))
MACHINES: Final = {f"/{pattern.pattern}" for pattern in MACHINE_ENDPOINTS}
pytestmark = [pytest.mark.once, pytest.mark.parametrize("path", ALL)]


@pytest.fixture
def http() -> Client:
    return Client(headers={"host": "localhost"})


def is_no_harm(answer: "Answer", path: str) -> bool:
    """Say whether it is a page of ours, or a refusal, that leads nowhere strange."""
    assert answer.status_code < 500, answer.content
    address = answer.headers.get("Location", "/")
    assert address.startswith(("/", f"{REDIRECT_URI}?")), address
    assert not address.startswith("//")
    if path in MACHINES and answer.status_code >= 400:
        assert body(answer)["error"] in set(ErrorCode)
    assert len(answer.content) < 100_000
    return True


def both(http: Client, path: str, form: dict[str, str]) -> list["Answer"]:
    text = urlencode(form)
    return [http.get(f"{path}?{text}"), http.post(path, text, content_type=FORM)]


def test_a_parameter_of_a_megabyte(http: Client, partner: Partner, path: str) -> None:
    known = {"client_id": partner.application.client_id}
    for form in ({"state": MEGABYTE}, {**known, "scope": MEGABYTE}, {MEGABYTE: "x"}):
        assert all(is_no_harm(answer, path) for answer in both(http, path, form))


def test_ten_thousand_scopes(http: Client, partner: Partner, path: str) -> None:
    form = {**parameters(partner.application), "scope": SCOPES}
    assert all(is_no_harm(answer, path) for answer in both(http, path, form))
    assert is_no_harm(partner.post(path, {"grant_type": "refresh_token", "scope": SCOPES}), path)


def test_a_hundred_levels_of_json_in_any_parameter(
    http: Client, partner: Partner, path: str
) -> None:
    form = {**parameters(partner.application), **dict.fromkeys(NAMES, DEEP)}
    assert all(is_no_harm(answer, path) for answer in both(http, path, form))
    assert is_no_harm(partner.post(path, {"claims": DEEP, "token": DEEP}), path)


def test_a_hundred_levels_of_json_as_the_body(http: Client, path: str) -> None:
    for text in (DEEP, "[" * 100 + "]" * 100, "[" * 100_000):
        assert is_no_harm(http.post(path, text, content_type="application/json"), path)


def test_a_hundred_levels_of_json_in_a_token(http: Client, partner: Partner, path: str) -> None:
    header = {"Authorization": f"Bearer {DEEP_TOKEN}"}
    assert is_no_harm(http.get(path, headers=header), path)
    form = {**parameters(partner.application), "id_token_hint": DEEP_TOKEN, "token": DEEP_TOKEN}
    assert all(is_no_harm(answer, path) for answer in both(http, path, form))
    form = {**parameters(partner.application), "request": DEEP_TOKEN}
    assert all(is_no_harm(answer, path) for answer in both(http, path, form))
