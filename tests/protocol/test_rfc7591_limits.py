"""The profile: who registers itself gets nothing that its initial access token does not name."""

from typing import Any

import pytest
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from clients.models import Application, ApplicationScope
from clients.organisations import operations as organisations
from tests import factories
from tests.protocol.partner import body, refused
from tests.protocol.registering import CALLBACK, METADATA, Registrar

pytestmark = pytest.mark.django_db
BOTH = ["authorization_code", "refresh_token"]
EVERYTHING = "openid profile email address phone offline_access"


def registered(registrar: Registrar, **members: Any) -> Application:
    told = registrar.register(**members)
    return Application.objects.get(client_id=told["client_id"])


def test_it_is_a_sandbox_application_of_the_tokens_organisation() -> None:
    registrar = Registrar.allowed()
    row = registered(registrar)
    assert (row.environment, row.profile, row.status) == ("sandbox", "standard", "active")
    assert row.organisation == registrar.row.organisation
    assert row.initial_access_token == registrar.row
    assert (row.minimum_level, row.is_sensitive) == (1, False)


@pytest.mark.parametrize(
    "asked, told",
    [
        (None, "openid email"),
        ("openid", "openid"),
        (EVERYTHING, "openid email"),
        ("openid email unknown", "openid email"),
    ],
)
def test_it_gets_no_scope_that_the_token_does_not_name(asked: str | None, told: str) -> None:
    registrar = Registrar.allowed(scopes=["openid", "email"])
    answer = registrar.register(**({"scope": asked} if asked else {}), grant_types=BOTH)
    assert answer["scope"] == told


def test_each_scope_is_for_the_purpose_that_the_operator_wrote() -> None:
    registered(Registrar.allowed(scopes=["openid"]))
    row = ApplicationScope.objects.get()
    assert (row.lawful_basis, row.purpose) == ("consent", "To try openid")


@pytest.mark.parametrize(
    "allowed, asked, told",
    [
        (BOTH, BOTH, BOTH),
        (BOTH, BOTH[:1], BOTH[:1]),
        (BOTH[:1], BOTH, BOTH[:1]),
        (BOTH, [*BOTH, "implicit", "client_credentials"], BOTH),
    ],
)
def test_it_gets_no_grant_that_the_token_does_not_name(
    allowed: list[str], asked: list[str], told: list[str]
) -> None:
    answer = Registrar.allowed(grants=allowed).register(grant_types=asked)
    assert answer["grant_types"] == told
    # Refresh tokens and the consent to them go together.
    assert ("offline_access" in answer["scope"]) == ("refresh_token" in told)


def test_only_a_token_that_says_so_lets_it_act_in_its_own_name() -> None:
    asked = {"client_name": "Sensors", "grant_types": ["client_credentials"]}
    assert refused(Registrar.allowed().post(asked), "invalid_client_metadata")
    registrar = Registrar.allowed(scopes=[], grants=["client_credentials"])
    told = body(registrar.post(asked))
    assert (told["grant_types"], told["response_types"], told["scope"]) == (
        ["client_credentials"],
        [],
        "",
    )
    assert refused(registrar.post({**asked, **METADATA}), "invalid_client_metadata")


@pytest.mark.parametrize(
    "method, pkce", [("client_secret_basic", "optional"), ("none", "required")]
)
def test_only_a_token_that_says_so_spares_pkce_and_never_what_keeps_no_secret(
    method: str, pkce: str
) -> None:
    spared = registered(
        Registrar.allowed(pkce_may_be_optional=True), token_endpoint_auth_method=method
    )
    assert spared.pkce == pkce
    assert registered(Registrar.allowed(), token_endpoint_auth_method=method).pkce == "required"


def test_metadata_cannot_name_what_operators_decide() -> None:
    members = {
        "profile": "high",
        "environment": "live",
        "pkce": "optional",
        "skip_consent": True,
        "minimum_level": 0,
        "is_sensitive": True,
        "organisation": "council",
        "client_id": "chosen",
        "client_secret": "chosen",
        "slug": "council-tax",
        "sector_identifier": "example.org",
    }
    registrar = Registrar.allowed()
    row = registered(registrar, **members)
    assert (row.profile, row.environment, row.pkce) == ("standard", "sandbox", "required")
    assert (row.is_sensitive, row.organisation) == (False, registrar.row.organisation)
    assert row.client_id == row.sector_identifier != "chosen"


class TestNames:
    """What residents read must not pass for somebody else."""

    @pytest.mark.parametrize("name", ["Council Tax", "council tax", "Riverside Council"])
    def test_it_takes_no_name_of_another_organisation(self, name: str) -> None:
        council = organisations.create(name="Riverside Council", by=OPERATOR)
        factories.application(of=council, name="Council Tax")
        answer = Registrar.allowed().post({**METADATA, "client_name": name})
        assert refused(answer, "invalid_client_metadata")

    @pytest.mark.parametrize(
        "name",
        ["\uff23ouncil \uff34ax", "\U0001d402ouncil Tax", "Coun\ufe0fcil Tax", "Council Tax\u3164"],
    )
    def test_it_takes_no_name_that_is_only_drawn_like_anothers(self, name: str) -> None:
        factories.application(
            of=organisations.create(name="Riverside", by=OPERATOR), name="Council Tax"
        )
        answer = Registrar.allowed().post({**METADATA, "client_name": name})
        assert refused(answer, "invalid_client_metadata")

    @pytest.mark.parametrize("name", ["Borough Login", "BOROUGH login"])
    def test_it_does_not_pass_for_the_login_itself(self, name: str, settings: Settings) -> None:
        settings.SERVICE_NAME = "Borough Login"
        answer = Registrar.allowed().post({**METADATA, "client_name": name})
        assert refused(answer, "invalid_client_metadata")

    def test_its_own_organisation_may_use_a_name_twice(self) -> None:
        registrar = Registrar.allowed()
        factories.application(of=registrar.row.organisation, name="Parking")
        slugs = {registered(registrar).slug, registered(registrar).slug}
        assert len(slugs) == 2
        assert all(slug.startswith("parking-") for slug in slugs)

    @pytest.mark.parametrize(
        "name", ["\u0421ouncil Tax", "Counc\u0456l", "\u039fpen House", "Li\u0261ht\u0430"]
    )
    def test_letters_that_look_alike_are_not_mixed(self, name: str) -> None:
        answer = Registrar.allowed().post({**METADATA, "client_name": name})
        assert refused(answer, "invalid_client_metadata")

    @pytest.mark.parametrize(
        "name", ["Caf\u00e9 Cymru", "\u6771\u4eac Service", "\u0411\u0438\u0431\u043b\u0438\u043e"]
    )
    def test_other_scripts_are_welcome(self, name: str) -> None:
        told = Registrar.allowed().register(client_name=name, redirect_uris=[CALLBACK])
        assert told["client_name"] == name
