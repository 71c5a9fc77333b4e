"""Limits count the address that a request really came from, whatever its sender says."""

import re

import httpx
import pytest

from accounts.limits.table import SIGN_IN
from tests.interop.public import Public

pytestmark = [
    pytest.mark.served,
    pytest.mark.once,
    # The first of these files begins what the last one waits for.
    pytest.mark.usefixtures("silent"),
]

HERE, ELSEWHERE = "127.0.0.7", "127.0.0.8"


def _try(client: httpx.Client, public: Public, forged: str) -> httpx.Response:
    """Try a password, and say that somebody else does."""
    page = client.get("/account", follow_redirects=True)
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|flow)" value="([^"]+)"', page.text))
    typed = {"sign_in_name": "nobody@example.org", "password": "not the password"}
    headers = {"Origin": public.issuer, "X-Forwarded-For": forged, "Client-Cert": ":Zm9yZ2Vk:"}
    return client.post(page.url, data=hidden | typed, headers=headers)


def test_a_forged_address_gives_no_further_tries_and_takes_none_from_others(public: Public) -> None:
    with public.client_at(HERE) as client:
        tries = [_try(client, public, f"{ELSEWHERE}, 203.0.113.{i}") for i in range(SIGN_IN.amount)]
        over = _try(client, public, "203.0.113.200")
    with public.client_at(ELSEWHERE) as other:
        elsewhere = _try(other, public, HERE)

    assert {answer.status_code for answer in tries} == {httpx.codes.OK}
    assert over.status_code == httpx.codes.TOO_MANY_REQUESTS
    assert elsewhere.status_code == httpx.codes.OK
