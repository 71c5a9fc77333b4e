"""Which changes of a live application two people look at first."""

from typing import Any

import pytest

from clients.applications.changing.rules import to_review

BEFORE: dict[str, Any] = {
    "redirect_uris": ["https://a.example.org/cb", "https://b.example.org/cb"],
    "post_logout_redirect_uris": [],
    "request_uris": [],
    "scopes": [{"scope": "openid"}, {"scope": "email"}],
    "minimum_level": 2,
    "name": "Parking",
}


@pytest.mark.parametrize(
    "part, value",
    [
        ("redirect_uris", ["https://a.example.org/cb", "https://c.example.org/cb"]),
        ("post_logout_redirect_uris", ["https://c.example.org/"]),
        ("scopes", [{"scope": "openid"}, {"scope": "address"}]),
        ("scopes", [{"scope": "openid", "lawful_basis": "contract"}]),
        ("name", "Council Tax"),
        ("kind", "spa"),
        ("jwks_uri", "https://a.example.org/keys"),
        ("backchannel_logout_uri", "https://c.example.org/out"),
        ("privacy_url", "https://a.example.org/privacy"),
        ("home_url", "https://c.example.org/"),
        ("home_url", "http://a.example.org/"),
        ("home_url", "https://a.example.org@c.example.org/"),
        ("home_url", "https://[/"),
        ("minimum_level", 1),
        ("pkce", "optional"),
        ("skips_sharing", True),
        ("something_new", 1),
    ],
)
def test_what_may_harm_residents_is_looked_at(part: str, value: object) -> None:
    assert to_review(BEFORE, {part: value}) == {part}


@pytest.mark.parametrize(
    "part, value",
    [
        ("contacts", ["Kim"]),
        ("other_way", "Call us"),
        ("terms_url", "https://a.example.org/terms"),
        ("redirect_uris", ["https://b.example.org/cb"]),
        ("scopes", [{"scope": "openid"}]),
        ("home_url", "https://B.example.org/start"),
        ("minimum_level", 3),
    ],
)
def test_what_harms_nobody_counts_at_once(part: str, value: object) -> None:
    assert to_review(BEFORE, {part: value}) == frozenset()


def test_one_risky_part_does_not_take_the_others_along() -> None:
    changes = {"contacts": ["Kim"], "name": "Council Tax"}
    assert to_review(BEFORE, changes) == {"name"}
