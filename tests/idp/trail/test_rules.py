"""What of a request the trail keeps."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from idp.trail.entry import Entry
from idp.trail.rules import UNAUTHENTICATED_AN_HOUR, admitted, client_library

ENTRY = Entry(
    client_id="one",
    at=datetime(2026, 1, 10, 9, 0, tzinfo=UTC),
    endpoint="token",
    duration=1200,
    status=400,
    outcome="invalid_client",
    is_authenticated=False,
)


@pytest.mark.parametrize(
    "user_agent, library",
    [
        ("python-requests/2.34.0", "python-requests/2.34.0"),
        ("openid-client/6.8.9 (https://example.org)", "openid-client/6.8.9"),
        ("Apache-HttpClient", "Apache-HttpClient"),
        ("", ""),
        ("(compatible)", ""),
        ("a" * 400, "a" * 50),
        ("lib/1\r\nX-Forged: 1", "lib/1"),
        ("<script>/1", ""),
    ],
)
def test_of_a_user_agent_the_first_product_is_kept(user_agent: str, library: str) -> None:
    assert client_library(user_agent) == library


def test_what_anybody_can_send_is_capped_for_each_application_and_hour() -> None:
    another = replace(ENTRY, client_id="another")
    entries = [*[ENTRY] * 4, another, replace(ENTRY, is_authenticated=True)]
    found = admitted(entries, written={"one": UNAUTHENTICATED_AN_HOUR - 3})
    assert found.kept == [*[ENTRY] * 3, another, replace(ENTRY, is_authenticated=True)]
    assert found.left_out == {"one": 1}
