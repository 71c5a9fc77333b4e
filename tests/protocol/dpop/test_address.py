"""RFC 9449 §4.3 item 9: which htu is the address of a request at the scheme's own port."""

import pytest

from idp.oidc.dpop.address import is_same

OURS = "https://login.example.org/token"


@pytest.mark.parametrize(
    "claimed",
    [
        OURS,
        f"{OURS}?a=b#c",
        "https://login.example.org:443/token",
        "https://LOGIN.example.org/token",
    ],
)
def test_another_spelling_is_the_same_address(claimed: str) -> None:
    assert is_same(claimed, OURS)


@pytest.mark.parametrize(
    "claimed",
    [
        "",
        "https://login.example.org:0/token",
        "https://login.example.org:80/token",
        "https://login.example.org:8443/token",
        "https://login.example.org./token",
        "https://login.example.org/token/",
        "https://login.example.org//token",
        "https://login.example.org/a/../token",
        "https://login.example.org/TOKEN",
        "https://login.example.org/to\nken",
        "\thttps://login.example.org/token",
        "https://login.example.org/token ",
        "https://login.example.org@evil.example/token",
        "https://evil.example/https://login.example.org/token",
        "https://[::1/token",
        f"{OURS}?{'x' * 2048}",
    ],
)
def test_any_other_is_another(claimed: str) -> None:
    assert not is_same(claimed, OURS)
