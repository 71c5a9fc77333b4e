"""Which addresses an application may give for signing out and in."""

from typing import Any

import pytest

from clients.applications.callbacks.rules import Callbacks, callback_problems

REDIRECTS = ("https://service.example.org/callback", "https://service.example.org:8443/callback")


def _problems(**addresses: Any) -> list[tuple[str, str]]:
    found = callback_problems(
        Callbacks(**addresses), redirect_uris=REDIRECTS, loopback=False, hosts_inside=()
    )
    return [(part, problem.value) for part, problem, _address in found]


def test_none_need_be_given() -> None:
    assert _problems() == []


@pytest.mark.parametrize(
    "part, address",
    [
        ("frontchannel_logout_uri", "https://service.example.org/out?x=1"),
        ("frontchannel_logout_uri", "https://SERVICE.example.org:8443/out".lower()),
        ("backchannel_logout_uri", "https://api.example.org/out"),
        ("initiate_login_uri", "https://start.example.org/"),
    ],
)
def test_a_fit_address_is_taken(part: str, address: str) -> None:
    assert _problems(**{part: address}) == []


@pytest.mark.parametrize(
    "part, address, problem",
    [
        ("frontchannel_logout_uri", "https://other.example.org/", "callback_other_origin"),
        ("frontchannel_logout_uri", "https://service.example.org:1/", "callback_other_origin"),
        ("frontchannel_logout_uri", "http://service.example.org/out", "address_http"),
        ("frontchannel_logout_uri", "javascript:alert(1)", "address_scheme"),
        ("initiate_login_uri", "http://start.example.org/", "address_http"),
        ("initiate_login_uri", "https://127.0.0.1/", "address_loopback"),
        ("initiate_login_uri", "https://start.example.org/#here", "address_fragment"),
        ("backchannel_logout_uri", "https://api.example.org/out#x", "address_fragment"),
    ],
)
def test_an_unfit_address_is_refused_by_name(part: str, address: str, problem: str) -> None:
    assert (part, problem) in _problems(**{part: address})


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.org/",
        "https://10.0.0.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "ftp:",
    ],
)
def test_this_server_asks_nothing_inside_and_nothing_in_clear(address: str) -> None:
    assert [part for part, _problem in _problems(backchannel_logout_uri=address)] == [
        "backchannel_logout_uri"
    ]


@pytest.mark.parametrize(
    "uri, problems",
    [
        ("http://127.0.0.1:8000/", ["address_http"]),
        ("http://start.example.org/", ["address_http"]),
        ("https://127.0.0.1:8443/", []),
    ],
)
def test_a_sign_in_begins_by_https_on_loopback_too(uri: str, problems: list[str]) -> None:
    callbacks = Callbacks(initiate_login_uri=uri)
    found = callback_problems(callbacks, redirect_uris=REDIRECTS, loopback=True, hosts_inside=())
    assert [problem.value for _part, problem, _address in found] == problems
