"""The overview of an application says what its tokens are bound to, and by what it is known."""

from typing import Any

import pytest

from clients.applications.pages.page import sections
from tests import factories

pytestmark = pytest.mark.django_db


def rows(**columns: Any) -> dict[str, list[str]]:
    """Return what stands under "For your program"."""
    told = sections(factories.sandbox(**columns), may_change=False)[0]
    return {str(row.key): [str(value) for value in row.values] for row in told.rows}


def test_by_default_proofs_decide() -> None:
    assert rows()["Its tokens are bound"] == ["Where it sends proofs (DPoP)"]
    assert "Its certificate" not in rows()


@pytest.mark.parametrize(
    "columns, words",
    [
        ({"dpop_bound_access_tokens": True}, ["To a key (DPoP)"]),
        ({"certificate_bound_access_tokens": True}, ["To its certificate (mutual TLS)"]),
    ],
)
def test_what_was_registered_is_said(columns: dict[str, Any], words: list[str]) -> None:
    assert rows(**columns)["Its tokens are bound"] == words


def test_the_subject_of_its_certificate_is_said_with_its_kind() -> None:
    told = rows(
        token_endpoint_auth_method="tls_client_auth",
        certificate_subject_kind="san_dns",
        certificate_subject="api.example.org",
    )
    assert told["Authenticates"] == ["By a certificate of an authority (tls_client_auth)"]
    assert told["Its certificate"] == ["Host name (SAN dNSName)", "api.example.org"]
