"""What a protected resource may be."""

from typing import Any

import pytest

from clients.organisations.rules import NameProblem
from clients.resources.rules import Description, Finding, ResourceProblem, findings, server_problem
from clients.resources.wording import sentence

ISSUER = "https://login.example.org"


def problems(*, loopback: bool = False, **changes: Any) -> list[Finding]:
    right: dict[str, Any] = {"name": "Bin Days", "identifier": "https://bins.example.org/api"}
    description = Description(**{**right, **changes})
    return findings(
        description, issuer=ISSUER, residents_scopes={"openid", "email"}, loopback=loopback
    )


def test_a_right_one_is_taken() -> None:
    assert problems() == []
    assert problems(identifier="https://bins.example.org", scopes=("bins:read", "bins:write")) == []


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "bins",
        "/api",
        "urn:bins",
        "http://bins.example.org",
        "https://bins.example.org/#x",
        "https://bins.example.org/#",
        "https://bins.example.org/a b",
        "https://bins.example.org/\0",
        "https://user@bins.example.org/",
        "https://localhost/",
        f"https://bins.example.org/{'x' * 240}",
    ],
)
def test_an_identifier_is_an_absolute_https_uri_without_fragment(identifier: str) -> None:
    (finding,) = problems(identifier=identifier)
    assert finding.part == "identifier"
    assert sentence(finding)


@pytest.mark.parametrize("identifier", [ISSUER, f"{ISSUER}/", f"{ISSUER}/userinfo"])
def test_nothing_of_the_providers_own_is_a_resource(identifier: str) -> None:
    assert [finding.problem for finding in problems(identifier=identifier)] == [
        ResourceProblem.IDENTIFIER_OURS
    ]


def test_a_host_that_begins_like_ours_is_not_ours() -> None:
    assert problems(identifier=f"{ISSUER}.uk/") == []


def test_this_machine_is_fit_only_where_that_is_said() -> None:
    assert problems(identifier="http://127.0.0.1:8010/", loopback=True) == []
    assert problems(identifier="http://127.0.0.1:8010/") != []


@pytest.mark.parametrize(
    "scopes, problem",
    [
        (("",), ResourceProblem.SCOPE_MALFORMED),
        (("a b",), ResourceProblem.SCOPE_MALFORMED),
        (('a"b',), ResourceProblem.SCOPE_MALFORMED),
        (("a\\b",), ResourceProblem.SCOPE_MALFORMED),
        (("é",), ResourceProblem.SCOPE_MALFORMED),
        (("x" * 61,), ResourceProblem.SCOPE_MALFORMED),
        (("a", "a"), ResourceProblem.SCOPE_REPEATED),
        (("openid",), ResourceProblem.SCOPE_OF_RESIDENTS),
        (("ssf.read",), ResourceProblem.SCOPE_OF_EVENTS),
        (tuple(map(str, range(51))), ResourceProblem.TOO_MANY_SCOPES),
    ],
)
def test_unfit_scopes_are_named(scopes: tuple[str, ...], problem: ResourceProblem) -> None:
    (finding,) = problems(scopes=scopes)
    assert (finding.part, finding.problem) == ("scope", problem)
    assert sentence(finding)


def test_names_are_as_everywhere() -> None:
    assert [found.problem for found in problems(name=" ")] == [NameProblem.EMPTY]
    assert [found.problem for found in problems(slug="No Slug")] == [NameProblem.SLUG_INVALID]


def test_only_a_confidential_application_of_its_organisation_serves_it() -> None:
    assert server_problem(is_public=False, same_organisation=True) is None
    assert server_problem(is_public=True, same_organisation=True) is ResourceProblem.SERVER_PUBLIC
    other = ResourceProblem.SERVER_OF_ANOTHER_ORGANISATION
    assert server_problem(is_public=False, same_organisation=False) is other
