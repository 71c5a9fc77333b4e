"""What operators say about the form of an application's requests."""

import pytest

from clients.models import Application
from tests.commands import refused, run

CREATE = (
    *("application", "create", "--organisation", "riverside", "--name", "Council Tax", "--sandbox"),
    *("--scope", "openid:public_task:To know you"),
    *("--redirect-uri", "https://tax.example.org/cb"),
)
CHANGE = ("application", "change", "council-tax")
HELD = ("pkce", "pushed_requests", "signed_requests", "request_uris")
URI = "https://tax.example.org/request.jwt#v1"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _riverside() -> None:
    run("organisation", "create", "--name", "Riverside")


def test_nothing_is_asked_for_but_pkce() -> None:
    shown = run(*CREATE)
    assert [shown[name] for name in HELD] == ["required", False, False, []]


def test_all_of_it_can_be_said_at_once() -> None:
    options = ("--pkce", "optional", "--pushed-requests", "--signed-requests")
    shown = run(*CREATE, *options, "--request-uri", URI)
    assert [shown[name] for name in HELD] == ["optional", True, True, [URI]]


def test_each_part_can_be_changed_alone_and_back() -> None:
    run(*CREATE)
    for option, name, value in (
        (("--pkce", "optional"), "pkce", "optional"),
        (("--pkce", "required"), "pkce", "required"),
        (("--pushed-requests",), "pushed_requests", True),
        (("--no-pushed-requests",), "pushed_requests", False),
        (("--signed-requests",), "signed_requests", True),
        (("--no-signed-requests",), "signed_requests", False),
        (("--dpop",), "dpop", True),
        (("--no-dpop",), "dpop", False),
        (("--request-uri", URI), "request_uris", [URI]),
        (("--request-uri", ""), "request_uris", []),
    ):
        assert run(*CHANGE, *option)[name] == value


def test_a_change_of_something_else_leaves_them() -> None:
    run(*CREATE, "--pkce", "optional", "--request-uri", URI)
    shown = run(*CHANGE, "--name", "Rates")
    assert (shown["pkce"], shown["request_uris"]) == ("optional", [URI])


@pytest.mark.parametrize("kind", ["spa", "native"])
def test_who_keeps_no_secret_cannot_do_without_pkce(kind: str) -> None:
    message, code = refused(*CREATE, "--kind", kind, "--pkce", "optional")
    assert message.startswith("pkce 'optional': Only a web application")
    assert code == 1
    run(*CREATE, "--kind", kind)
    message, code = refused(*CHANGE, "--pkce", "optional")
    assert message.startswith("pkce 'optional': Only a web application")
    assert Application.objects.get().pkce == "required"


@pytest.mark.parametrize(
    "uri,words",
    [
        ("http://tax.example.org/r", "The address must start with https://"),
        ("https://127.0.0.1/r", "The address needs a host name, not a number"),
        ("https://localhost/r", "The address must be on the public internet"),
        ("urn:ietf:params:oauth:request_uri:x", "The address must start with https://"),
        (f"https://tax.example.org/{'x' * 500}", "The address must be at most 512 characters"),
    ],
)
def test_an_address_that_nobody_may_ask_is_refused(uri: str, words: str) -> None:
    message, code = refused(*CREATE, "--request-uri", uri)
    assert message.startswith("request_uri ")
    assert message.endswith(words)
    assert code == 1


def test_more_than_twenty_addresses_are_refused() -> None:
    many = [part for number in range(21) for part in ("--request-uri", f"{URI}{number}")]
    message, code = refused(*CREATE, *many)
    assert (message, code) == ("request_uri: Give at most 20 addresses", 1)


@pytest.mark.parametrize("policy", ["none", "plain", "Optional", ""])
def test_another_policy_is_misuse(policy: str) -> None:
    message, _ = refused(*CREATE, "--pkce", policy)
    assert message.startswith("Error: argument --pkce: ")
