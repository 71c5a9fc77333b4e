"""Plans Basic and Form Post Basic: userinfo, scopes and claims."""

import json
import re

import pytest

from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import (
    Json,
    RelyingParty,
    bearer,
    checked_userinfo,
)

PLANS = ("basic", "formpost-basic")
PROFILE = {
    *("name", "family_name", "given_name", "middle_name", "nickname", "preferred_username"),
    *("profile", "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at"),
}
EMAIL = {"email", "email_verified"}
PHONE = {"phone_number", "phone_number_verified"}
ADDRESS = {"formatted", "street_address", "locality", "region", "postal_code", "country"}


def test_oidcc_userinfo_get(rp: RelyingParty, agent: Browser) -> None:
    """Bearer by GET: 200, application/json, the ID token's sub, claims of the right types."""
    done = rp.sign_in(agent, scope="openid profile email")
    told = checked_userinfo(rp.ask_userinfo(done.access_token))
    assert told["sub"] == done.claims["sub"]
    assert types_are_right(told)


def test_oidcc_userinfo_post_header(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """Bearer by POST: the same."""
    done = rp.sign_in(agent, scope="openid profile email")
    address = conforming.metadata()["userinfo_endpoint"]
    told = checked_userinfo(conforming.http.post(address, headers=bearer(done.access_token)))
    assert told["sub"] == done.claims["sub"]
    assert types_are_right(told)


def test_oidcc_userinfo_post_body(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """access_token in a posted form: the same."""
    done = rp.sign_in(agent, scope="openid profile email")
    address = conforming.metadata()["userinfo_endpoint"]
    form = {"access_token": done.access_token}
    told = checked_userinfo(conforming.http.post(address, data=form))
    assert told["sub"] == done.claims["sub"]
    assert types_are_right(told)


def test_oidcc_scope_profile(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """All 14 claims of profile come from userinfo, each of its type, none null or empty."""
    assert len(PROFILE) == 14
    assert told_by(conforming, rp, agent, "profile") == PROFILE


def test_oidcc_scope_email(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """Email and email_verified come from userinfo; no name, and no email in the ID token."""
    assert told_by(conforming, rp, agent, "email") == EMAIL


def test_oidcc_scope_address(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """An address comes from userinfo, as an object."""
    assert told_by(conforming, rp, agent, "address") == {"address"}


def test_oidcc_scope_phone(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """phone_number and phone_number_verified come from userinfo."""
    assert told_by(conforming, rp, agent, "phone") == PHONE


def test_oidcc_scope_all(rp: RelyingParty, agent: Browser, conforming: Provider) -> None:
    """All claims of all four scopes come at once."""
    everything = PROFILE | EMAIL | PHONE | {"address"}
    assert told_by(conforming, rp, agent, "profile email address phone") == everything


def test_oidcc_claims_essential(rp: RelyingParty, agent: Browser) -> None:
    """name, asked for as essential by the claims parameter: in userinfo, not in the ID token."""
    asked = json.dumps({"userinfo": {"name": {"essential": True}}})
    done = rp.sign_in(agent, claims=asked)
    told = rp.userinfo(done.access_token)
    assert told.keys() == {"sub", "name"}
    assert types_are_right(told)
    assert "name" not in done.claims


def told_by(provider: Provider, rp: RelyingParty, agent: Browser, scopes: str) -> set[str]:
    """Return the names of what userinfo tells for these scopes, if the ID token tells nothing."""
    assert set(scopes.split()) <= set(provider.metadata()["scopes_supported"])
    done = rp.sign_in(agent, scope=f"openid {scopes}")
    assert not done.claims.keys() & (PROFILE | EMAIL | PHONE | {"address"})
    told = rp.userinfo(done.access_token)
    assert told["sub"] == done.claims["sub"]
    assert types_are_right(told)
    return told.keys() - {"sub"}


def types_are_right(told: Json) -> bool:
    """Say whether each claim is of the type of OIDC Core §5.1."""
    told = dict(told)
    assert {"email_verified", "phone_number_verified"} & told.keys() <= {
        name for name, value in told.items() if isinstance(value, bool)
    }
    if "address" in told:
        assert told["address"].keys() <= ADDRESS
        assert all(isinstance(part, str) and part for part in told.pop("address").values())
    if "updated_at" in told:
        assert isinstance(told.pop("updated_at"), int)
    if "birthdate" in told:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", told["birthdate"])
    texts = {name: value for name, value in told.items() if not name.endswith("_verified")}
    return all(isinstance(value, str) and value for value in texts.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {"email_verified": "true"},
        {"updated_at": "yesterday"},
        {"birthdate": "31/12/1980"},
        {"address": {"formatted": ""}},
        {"address": {"planet": "Earth"}},
        {"name": ""},
        {"name": None},
    ],
)
def test_wrong_types_are_noticed(wrong: Json) -> None:
    with pytest.raises(AssertionError):
        assert types_are_right({"sub": "1", **wrong})
