"""Addresses that applications may register."""

import pytest

from clients.applications.addresses.rules import (
    AddressProblem,
    address_problem,
    looks_like_another,
    reads_as,
)

P = AddressProblem

FIT = [
    "https://service.example.org/callback",
    "https://service.example.org",
    "https://service.example.org:8443/a/b?tenant=7",
    "https://xn--bcher-kva.example/cb",
    "https://service.example.org/caf%C3%A9",
]
LOOPBACK = [
    "http://localhost:8001/callback",
    "http://127.0.0.1:8001/callback",
    "http://127.3.2.1/callback",
    "http://[::1]:8001/callback",
    "https://localhost/callback",
]
UNFIT = [
    ("", P.EMPTY),
    ("https://service.example.org/" + "a" * 1000, P.TOO_LONG),
    ("https://bücher.example/cb", P.NOT_ASCII),
    ("https://\u0455ervice.example.org/", P.NOT_ASCII),  # a Cyrillic letter
    ("https://service.example.org/a\0", P.CHARACTER),
    ("https://service.example.org/a b", P.CHARACTER),
    ("java\tscript:alert(1)", P.CHARACTER),
    ("https://service.example.org\\@evil.example/", P.CHARACTER),
    ("https://service.example.org/\r\nSet-Cookie:a=b", P.CHARACTER),
    ("https://service.example.org/%0d%0aSet-Cookie:a=b", P.CHARACTER),
    ("https://service.example.org/%00", P.CHARACTER),
    ("https://service.example.org/%zz", P.CHARACTER),
    (" https://service.example.org/", P.CHARACTER),
    ("javascript:alert(1)", P.SCHEME),
    ("javascript://service.example.org/alert", P.SCHEME),
    ("data:text/html,hello", P.SCHEME),
    ("org.example.service:/callback", P.SCHEME),
    ("//service.example.org/callback", P.SCHEME),
    ("/callback", P.SCHEME),
    ("HTTPS://service.example.org/callback", P.SCHEME),
    ("http://service.example.org/callback", P.HTTP),
    ("http://localhost.example.org/callback", P.HTTP),
    ("http://127.0.0.1.example.org/callback", P.HTTP),
    ("https://service.example.org/#here", P.FRAGMENT),
    ("https://service.example.org/#", P.FRAGMENT),
    ("https://*.example.org/callback", P.WILDCARD),
    ("https://service.example.org/*", P.WILDCARD),
    ("https://service.example.org@evil.example/", P.USERINFO),
    ("https://@service.example.org/", P.USERINFO),
    ("https:///callback", P.HOST),
    ("https://Service.example.org/callback", P.HOST),
    ("https://intranet/callback", P.HOST),
    ("https://service.example.org./callback", P.HOST),
    ("https://-service.example.org/callback", P.HOST),
    ("https://service_1.example.org/callback", P.HOST),
    ("https://service.example.org%2eevil.example/", P.HOST),
    ("https://[nonsense]/callback", P.HOST),
    ("https://service.internal/callback", P.HOST_PRIVATE),
    ("https://a.b.local/callback", P.HOST_PRIVATE),
    ("https://203.0.113.5/callback", P.HOST_IS_NUMBER),
    ("https://10.0.0.5/callback", P.HOST_IS_NUMBER),
    ("https://169.254.169.254/callback", P.HOST_IS_NUMBER),
    ("https://2130706433/callback", P.HOST_IS_NUMBER),
    ("https://0x7f.1/callback", P.HOST_IS_NUMBER),
    ("https://[2001:db8::1]/callback", P.HOST_IS_NUMBER),
    ("https://service.example.org:0/callback", P.PORT),
    ("https://service.example.org:/callback", P.PORT),
    ("https://service.example.org:99999/callback", P.PORT),
    ("https://service.example.org:8o/callback", P.PORT),
    ("https://service.example.org/a/../b", P.PATH),
    ("https://service.example.org/a/%2E%2e/b", P.PATH),
    ("https://service.example.org/./b", P.PATH),
    ("https://service.example.org/a%2Fb", P.PATH),
    ("https://service.example.org/a%5cb", P.PATH),
    ("https://service.example.org/?code=1", P.ANSWER_PARAMETER),
    ("https://service.example.org/?a=1&state=", P.ANSWER_PARAMETER),
    ("https://service.example.org/?%63ode=1", P.ANSWER_PARAMETER),
]


@pytest.mark.parametrize("address", FIT)
@pytest.mark.parametrize("loopback", [True, False])
def test_an_https_address_is_fit_for_every_application(address: str, *, loopback: bool) -> None:
    assert address_problem(address, loopback=loopback) is None


@pytest.mark.parametrize("address", LOOPBACK)
def test_this_machine_is_fit_only_where_loopback_is(address: str) -> None:
    assert address_problem(address, loopback=True) is None
    assert address_problem(address, loopback=False) is AddressProblem.LOOPBACK


@pytest.mark.parametrize("address, problem", UNFIT)
@pytest.mark.parametrize("loopback", [True, False])
def test_any_other_address_is_refused_for_its_own_reason(
    address: str, problem: AddressProblem, *, loopback: bool
) -> None:
    assert address_problem(address, loopback=loopback) is problem


def test_a_host_in_xn_form_is_shown_as_people_read_it() -> None:
    # Its third letter is Cyrillic.
    assert reads_as("https://xn--crydon-xqf.example/cb") == "cr\u043eydon.example"


def test_an_ordinary_host_needs_no_caution() -> None:
    assert reads_as("https://service.example.org/xn--path") is None


def test_a_broken_xn_form_is_shown_as_it_stands() -> None:
    assert reads_as("https://xn--0.example/cb") == "xn--0.example"


@pytest.mark.parametrize(
    "address",
    [
        "https://xn--crydon-xqf.example/cb",  # one Cyrillic letter
        "https://xn--80ak6aa92e.com/cb",  # five, drawn as apple
        "https://xn--0.example/cb",  # what nobody can read
    ],
)
def test_a_host_that_is_drawn_like_another_is_told_apart(address: str) -> None:
    assert looks_like_another(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://service.example.org/xn--path",
        "https://xn--bcher-kva.example/cb",
        "https://xn--wgv71a119e.example/cb",
        "https://xn--e1afmkfd.example/cb",
        "http://localhost:3000/cb",
    ],
)
def test_a_host_of_another_language_looks_like_no_other(address: str) -> None:
    assert not looks_like_another(address)
