"""The overview of an application says what its tokens are bound to, and by what it is known."""

from typing import Any

import pytest

from clients.applications.pages.page import sections
from tests import factories

pytestmark = pytest.mark.django_db


def rows(heading: str, **columns: Any) -> dict[str, list[str]]:
    """Return what stands under a heading."""
    told = sections(factories.sandbox(**columns), may_change=False)
    (section,) = (one for one in told if str(one.heading) == heading)
    return {str(row.key): [str(value) for value in row.values] for row in section.rows}


def test_by_default_each_request_decides() -> None:
    always = rows("Requests and tokens")["Always"]
    assert always == ["PKCE; all else is as each request has it"]


@pytest.mark.parametrize(
    "part, words",
    [
        ("dpop_bound_access_tokens", "Tokens are bound to a key of its own (DPoP)"),
        ("certificate_bound_access_tokens", "Tokens are bound to its certificate (mutual TLS)"),
        ("requires_pushed_requests", "It pushes its requests to us first (PAR)"),
        ("requires_signed_requests", "It signs its requests (JAR)"),
    ],
)
def test_what_was_registered_is_said(part: str, words: str) -> None:
    assert rows("Requests and tokens", **{part: True})["Always"] == [words]


def test_the_name_in_its_certificate_is_said_with_its_kind() -> None:
    known = {
        "token_endpoint_auth_method": "tls_client_auth",
        "certificate_subject_kind": "san_dns",
        "certificate_subject": "api.example.org",
    }
    method = rows("For your program", **known)["Authenticates"]
    assert method == ["By a certificate of an authority (tls_client_auth)"]
    told = rows("The name in its certificate", **known)
    assert told == {"Host name (SAN dNSName)": ["api.example.org"]}


def test_the_profile_is_said() -> None:
    assert rows("For your program")["Profile"] == ["Standard"]
