"""Which addresses this server may ask, and which lead inside."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.security.outgoing.rules import (
    LONGEST_URL,
    UrlProblem,
    is_public,
    may_connect,
    target_of,
    url_problem,
)

NAME = "https://keys.partner.example.org"


@pytest.mark.parametrize(
    "url",
    [
        f"{NAME}/jwks.json",
        f"{NAME}:8443/jwks?set=1",
        f"{NAME}/a;b/c;d?e=/",
        "HTTPS://Keys.Partner.Example.ORG/",
        "https://xn--bcher-kva.example.org/keys",
        "https://partner.xn--p1ai/keys",
        f"{NAME}/request.jwt#hash-of-its-contents",
    ],
)
def test_https_on_the_public_internet_may_be_asked(url: str) -> None:
    assert url_problem(url, allowed=()) is None


@pytest.mark.parametrize(
    "url, problem",
    [
        ("", UrlProblem.EMPTY),
        (f"{NAME}/{'x' * LONGEST_URL}", UrlProblem.TOO_LONG),
        ("https://bücher.example.org/", UrlProblem.CHARACTER),
        (f"{NAME}/\x00", UrlProblem.CHARACTER),
        (f"{NAME}/\r\nHost: inside", UrlProblem.CHARACTER),
        (f"{NAME}\t/", UrlProblem.CHARACTER),
        ("https://inside\\@keys.partner.example.org/", UrlProblem.CHARACTER),
        (f"{NAME}/ HTTP/1.1", UrlProblem.CHARACTER),
        (f"{NAME}/%", UrlProblem.CHARACTER),
        ("http://keys.partner.example.org/", UrlProblem.SCHEME),
        ("file:///etc/passwd", UrlProblem.SCHEME),
        ("ftp://keys.partner.example.org/", UrlProblem.SCHEME),
        ("gopher://keys.partner.example.org/", UrlProblem.SCHEME),
        ("//keys.partner.example.org/", UrlProblem.SCHEME),
        ("https:keys.partner.example.org", UrlProblem.SCHEME),
        ("https://me@keys.partner.example.org/", UrlProblem.USERINFO),
        ("https://me:secret@keys.partner.example.org/", UrlProblem.USERINFO),
        ("https://keys.partner.example.org@127.0.0.1/", UrlProblem.USERINFO),
        (f"{NAME}:0/", UrlProblem.PORT),
        (f"{NAME}:/", UrlProblem.PORT),
        (f"{NAME}:22/", UrlProblem.PORT),
        (f"{NAME}:25/", UrlProblem.PORT),
        (f"{NAME}:80/", UrlProblem.PORT),
        (f"{NAME}:65536/", UrlProblem.HOST),
        (f"{NAME}:x/", UrlProblem.HOST),
        ("https:///path", UrlProblem.HOST),
        ("https://keys/", UrlProblem.HOST),
        ("https://keys.partner.example.org./", UrlProblem.HOST),
        ("https://keys..example.org/", UrlProblem.HOST),
        ("https://-keys.example.org/", UrlProblem.HOST),
        (f"https://{'x' * 64}.example.org/", UrlProblem.HOST),
        (f"https://{'x.' * 130}org/", UrlProblem.HOST),
        ("https://keys%2epartner.example.org/", UrlProblem.HOST),
        ("https://[::1/", UrlProblem.HOST),
        ("https://localhost/", UrlProblem.HOST_INSIDE),
        ("https://a.localhost/", UrlProblem.HOST_INSIDE),
        ("https://printer.local/", UrlProblem.HOST_INSIDE),
        ("https://metadata.google.internal/", UrlProblem.HOST_INSIDE),
        ("https://1.0.0.127.in-addr.arpa/", UrlProblem.HOST_INSIDE),
        *(
            (f"https://{host}/", UrlProblem.HOST_IS_NUMBER)
            for host in (
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0X7F000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.0.0.1.",
                "0",
                "169.254.169.254",
                "8.8.8.8",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[fe80::1%25eth0]",
                "[2606:4700::1111]",
            )
        ),
    ],
)
def test_an_address_that_is_unclear_or_leads_inside_is_refused(
    url: str, problem: UrlProblem
) -> None:
    assert url_problem(url, allowed=()) == problem


@pytest.mark.parametrize(
    "url",
    ["https://keys.internal:8443/", "http://localhost:9000/jwks", "http://127.0.0.1:9000/jwks"],
)
def test_what_an_operator_listed_may_be_asked(url: str) -> None:
    listed = ("keys.internal:8443", "localhost:9000", "127.0.0.1:9000")
    assert url_problem(url, allowed=listed) is None
    assert url_problem(url.replace("8443", "8444").replace("9000", "9001"), allowed=listed)


def test_listing_a_host_opens_no_user_names_or_odd_characters() -> None:
    listed = ("localhost:9000",)
    assert url_problem("http://me@localhost:9000/", allowed=listed) == UrlProblem.USERINFO
    assert url_problem("http://localhost:9000/\n", allowed=listed) == UrlProblem.CHARACTER
    assert url_problem("ftp://localhost:9000/", allowed=listed) == UrlProblem.SCHEME


INSIDE = [
    "0.0.0.0",  # noqa: S104 - refused, not bound to
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.254",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::10.0.0.1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1111%1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_off_the_public_internet_is_never_connected_to(address: str) -> None:
    assert not may_connect(target_of(NAME, allowed=()), address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_the_public_internet_may_be_connected_to(address: str) -> None:
    assert may_connect(target_of(NAME, allowed=()), address)


def test_what_is_no_address_is_not_connected_to() -> None:
    assert not may_connect(target_of(NAME, allowed=()), "2130706433")


def test_a_listed_host_may_be_inside_but_by_http_only_on_this_machine() -> None:
    listed = ("keys.internal:443", "keys.internal:80")
    encrypted = target_of("https://keys.internal/", allowed=listed)
    assert may_connect(encrypted, "10.0.0.1")
    plain = target_of("http://keys.internal/", allowed=listed)
    assert not may_connect(plain, "10.0.0.1")
    assert not may_connect(plain, "8.8.8.8")
    assert may_connect(plain, "127.0.0.1")
    assert may_connect(plain, "::1")


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_that_python_calls_special_counts_as_public(
    ip: IPv4Address | IPv6Address,
) -> None:
    if is_public(ip):
        assert ip.is_global
        near = (ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_unspecified)
        assert not any((*near, ip.is_multicast, ip.is_reserved))
        assert not any((getattr(ip, "ipv4_mapped", None), getattr(ip, "sixtofour", None)))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_an_address(text: str) -> None:
    for url in (text, f"https://{text}", f"{NAME}/{text}", f"https://{text}.example.org/"):
        if url_problem(url, allowed=()) is None:
            target = target_of(url, allowed=())
            assert (target.scheme, target.is_allowed) == ("https", False)
            assert not (set("\r\n\0@ ") & set(target.authority))
            with pytest.raises(ValueError, match="does not appear"):
                ip_address(target.host)
