"""`manage.py account create --test --claims FILE`."""

import json
from pathlib import Path

import pytest

from accounts.models import Account
from clients.models import Organisation
from clients.scopes import SCOPES
from tests import factories
from tests.commands import refused, run
from tests.protocol.partner import Partner, body

pytestmark = pytest.mark.django_db

SANDBOX = {"environment": "sandbox"}
NEW = ["--email", "test@example.com", "--name", "Test Resident"]


TEST = ["--test", "--organisation", "trust"]


@pytest.fixture(autouse=True)
def trust() -> Organisation:
    return factories.organisation(slug="trust")


def command(tmp_path: Path, claims: object, *arguments: str) -> list[str]:
    file = tmp_path / "claims.json"
    file.write_text(claims if isinstance(claims, str) else json.dumps(claims))
    return ["account", "create", *NEW, "--claims", str(file), *arguments]


def test_a_test_account_gets_claims_of_the_right_types(tmp_path: Path) -> None:
    claims = {
        "birthdate": "1980-12-31",
        "locale": "en-GB",
        "zoneinfo": "Europe/London",
        "updated_at": 1_700_000_000,
        "phone_number": "+44 20 7946 0000",
        "phone_number_verified": False,
        "address": {"formatted": "1 High Street\nExample", "postal_code": "EX1 1AA"},
    }
    created = run(*command(tmp_path, claims, *TEST))
    assert created["test"] is True
    assert Account.objects.get(pk=created["account"]).test_claims == claims


EVERYTHING = {
    "family_name": "Resident",
    "given_name": "Test",
    "middle_name": "Ing",
    "nickname": "Testy",
    "preferred_username": "t.resident",
    "profile": "https://example.org/people/test",
    "picture": "https://example.org/people/test.png",
    "website": "http://test.example.org/",
    "gender": "female",
    "birthdate": "0000-02-29",
    "zoneinfo": "Europe/London",
    "locale": "en-GB",
    "updated_at": 1_700_000_000,
    "address": {
        "formatted": "1 High Street\nExample\nEX1 1AA\nUK",
        "street_address": "1 High Street",
        "locality": "Example",
        "region": "Exampleshire",
        "postal_code": "EX1 1AA",
        "country": "UK",
    },
    "phone_number": "+442079460000",
    "phone_number_verified": True,
}


def test_every_claim_of_the_standard_scopes_reaches_an_application(tmp_path: Path) -> None:
    """OIDC Core §5.1, §5.4: as the modules oidcc-scope-profile, -email, -address and -phone ask."""
    factories.signing_keys()
    run(*command(tmp_path, EVERYTHING, *TEST))
    scopes = ["openid", "profile", "email", "address", "phone"]
    partner = Partner.confidential(of=Organisation.objects.get(), scopes=scopes, **SANDBOX)
    answer = partner.tokens(account=Account.objects.get(), scopes=scopes)
    told = body(partner.userinfo(answer["access_token"]))
    standard = {claim for scope in scopes for claim in SCOPES[scope].claims} - {"also_known_as"}
    assert told.keys() == standard
    assert told == {
        **EVERYTHING,
        "sub": told["sub"],
        "name": "Test Resident",
        "email": "test@example.com",
        "email_verified": True,
    }


@pytest.mark.parametrize(
    "given, code", [(["--test"], 2), (TEST[1:], 2), (["--test", "--organisation", "none"], 1)]
)
def test_a_test_account_is_one_organisations(given: list[str], code: int) -> None:
    assert refused("account", "create", *NEW, *given)[1] == code
    assert not Account.objects.exists()


def test_it_is_known_to_that_one_alone(trust: Organisation) -> None:
    created = run("account", "create", *NEW, *TEST)
    made = Account.objects.get(pk=created["account"])
    assert (made.is_test, made.test_group) == (True, trust.pk)


def test_nobody_else_gets_any(tmp_path: Path) -> None:
    message, code = refused(*command(tmp_path, {"locale": "en"}))
    assert code == 2
    assert "--test" in message


@pytest.mark.parametrize(
    "claims",
    [
        "",
        "{",
        "[1]",
        "null",
        '"text"',
        "[" * 5000,
        {"sub": "somebody else"},
        {"email": "real@example.com"},
        {"email_verified": True},
        {"name": "Another"},
        {"shoe_size": 7},
        {"locale": 7},
        {"locale": ""},
        {"locale": None},
        {"locale": "x" * 501},
        {"locale": "en\0"},
        {"locale": "\ud800"},
        {"nickname": "two\nlines"},
        {"birthdate": "31/12/1980"},
        {"birthdate": 1980},
        {"birthdate": "1981-02-29"},
        {"birthdate": "1980-13-01"},
        {"birthdate": "1980-12"},
        {"picture": "me.png"},
        {"profile": "javascript:alert(1)"},
        {"website": "https://"},
        {"website": "https://[x/"},
        {"website": "https://example.org/a b"},
        {"zoneinfo": "Mars/Olympus"},
        {"zoneinfo": ["Europe/London"]},
        {"updated_at": "today"},
        {"updated_at": True},
        {"updated_at": -1},
        {"updated_at": 1.5},
        {"phone_number_verified": "yes"},
        {"address": "1 High Street"},
        {"address": {}},
        {"address": {"planet": "Earth"}},
        {"address": {"locality": 7}},
        {"address": {"locality": "two\nlines"}},
        {"gender": "x" * 30_000},
    ],
)
def test_unfit_claims_are_misuse(tmp_path: Path, claims: object) -> None:
    _, code = refused(*command(tmp_path, claims, *TEST))
    assert code == 2
    assert not Account.objects.exists()


def test_a_missing_file_is_misuse(tmp_path: Path) -> None:
    path = str(tmp_path / "none.json")
    message, code = refused("account", "create", *NEW, *TEST, "--claims", path)
    assert code == 2
    assert "none.json" in message
