"""Programs and settings to start from, on the portal's pages."""

from collections.abc import Mapping

import pytest
from django.utils.html import escape

from clients.applications.keys import pem
from clients.applications.registration import Kind
from clients.models import Member
from idp.portal.examples.demands import Demand
from idp.portal.examples.libraries import LIBRARIES, Library, suiting
from tests import factories
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer() -> Partner:
    return Partner(Member.Role.DEVELOPER)


Columns = Mapping[str, str | bool]
BY_KEY: Columns = {"token_endpoint_auth_method": "private_key_jwt"}
BY_CERTIFICATE: Columns = {
    "token_endpoint_auth_method": "self_signed_tls_client_auth",
    "certificate_bound_access_tokens": True,
}
BOUND: Columns = {"dpop_bound_access_tokens": True}
PUSHED: Columns = {"requires_pushed_requests": True}
SIGNED: Columns = {**BY_KEY, **BOUND, **PUSHED, "requires_signed_requests": True}
HIGH: Columns = {**BY_KEY, **BOUND, **PUSHED, "profile": "high"}
SIMPLE = {
    Kind.WEB: {
        *("authlib", "mozilla-django-oidc", "django-allauth", "openid-client", "passport"),
        "mod_auth_openidc",
    },
    Kind.SPA: {"oidc-client-ts"},
    Kind.NATIVE: {"authlib", "openid-client"},
    Kind.SERVICE: {"authlib-service", "openid-client-service"},
    Kind.DEVICE: set(),
}
FAPI, FAPI_SERVICE = {"openid-client-fapi"}, {"openid-client-fapi-service"}


@pytest.mark.parametrize(
    "kind, columns, keys",
    [
        *((kind, {}, keys) for kind, keys in SIMPLE.items()),
        (Kind.WEB, BY_KEY, {"authlib", "openid-client"}),
        (Kind.SERVICE, BY_KEY, SIMPLE[Kind.SERVICE]),
        *((Kind.WEB, columns, FAPI) for columns in (BOUND, PUSHED, SIGNED, BY_CERTIFICATE)),
        (Kind.NATIVE, BOUND, FAPI),
        (Kind.SPA, BOUND, set()),
        (Kind.SERVICE, {**BY_KEY, **BOUND}, FAPI_SERVICE),
        # It asks nobody to sign in, so that it has nothing to push or to sign.
        (Kind.SERVICE, SIGNED, FAPI_SERVICE),
        (Kind.SERVICE, {**BY_KEY, **PUSHED}, SIMPLE[Kind.SERVICE]),
        (Kind.SERVICE, BY_CERTIFICATE, {*FAPI_SERVICE, "requests-service"}),
        (Kind.SERVICE, {**BY_CERTIFICATE, **BOUND}, FAPI_SERVICE),
    ],
)
def test_an_application_is_shown_what_does_all_that_it_must_and_no_more(
    developer: Partner, kind: Kind, columns: Columns, keys: set[str]
) -> None:
    application = developer.sandbox_of_kind(kind, **columns)
    start = developer.page(application, "start")
    listed = text(developer.get(start))
    assert {key for key in LIBRARIES if f'{start}/{key}"' in listed} == keys
    assert ("There is none" in listed) is (not keys)
    for key, library in LIBRARIES.items():
        found = [developer.get(f"{start}/{key}{part}") for part in ("", f"/{library.files[0]}")]
        assert {page.status_code for page in found} == {200 if key in keys else 404}


@pytest.mark.parametrize("kind, leads", [(Kind.WEB, True), (Kind.SERVICE, False)])
def test_old_user_ids_are_for_those_that_have_users(
    developer: Partner, kind: Kind, *, leads: bool
) -> None:
    start = developer.page(developer.sandbox_of_kind(kind), "start")
    assert ("Old user IDs" in text(developer.get(start))) is leads


def test_other_kinds_are_told_of_by_the_names_of_their_libraries(developer: Partner) -> None:
    listed = text(developer.get(developer.page(developer.sandbox(), "start")))
    simple = (library.name for library in LIBRARIES.values() if library.is_simple)
    assert all(name in listed for name in simple)


@pytest.mark.parametrize(
    "columns, musts",
    [
        ({}, set()),
        (BY_KEY, set()),
        (BOUND, {"(DPoP)"}),
        (PUSHED, {"(PAR)"}),
        (SIGNED, {"(private_key_jwt)", "(DPoP)", "(PAR)", "(JAR)"}),
        (BY_CERTIFICATE, {"(mutual TLS)"}),
        (HIGH, {"(private_key_jwt)", "the issuer alone", "(DPoP)", "(PAR)", "an https address"}),
    ],
)
def test_it_reads_what_its_requests_must_do(
    developer: Partner, columns: Columns, musts: set[str]
) -> None:
    listed = text(developer.get(developer.page(developer.sandbox(**columns), "start")))
    every = {"(private_key_jwt)", "(mutual TLS)", "(DPoP)", "(PAR)", "(JAR)"}
    every |= {"the issuer alone", "an https address"}
    assert {must for must in every if must in listed} == musts
    assert ("Any OpenID Connect library works" in listed) is (not musts)
    assert ("FAPI 2.0" in listed) is (columns is HIGH)


@pytest.mark.parametrize("columns", [SIGNED, BY_CERTIFICATE])
def test_where_there_is_no_secret_no_page_speaks_of_one(
    developer: Partner, columns: Columns
) -> None:
    start = developer.page(developer.sandbox(**columns), "start")
    pages = [text(developer.get(address)) for address in (start, f"{start}/openid-client-fapi")]
    settled = developer.post(f"{start}/settings").json()
    assert "secret" not in pages[0].lower()
    assert "add it as client_secret." not in pages[1].split("<pre")[0]
    assert "client_secret" not in settled


def test_every_library_has_its_page_and_its_files(developer: Partner) -> None:
    for key, library in LIBRARIES.items():
        application = developer.sandbox_of_kind(min(library.kinds), **_demanding(library))
        start = developer.page(application, "start")
        assert escape(library.install) in text(developer.get(f"{start}/{key}"))
        for file, content in library.texts.items():
            program = developer.get(f"{start}/{key}/{file}")
            assert text(program) == content
            assert program["Content-Disposition"] == f'attachment; filename="{file}"'


def _demanding(library: Library) -> Columns:
    """Return what has the library shown."""
    if library.is_simple:
        return {}
    return BOUND if Demand.DPOP in library.meets else BY_CERTIFICATE


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.SERVICE])
def test_one_with_a_key_reads_where_its_key_goes_and_of_no_secret(
    developer: Partner, kind: Kind
) -> None:
    application = developer.sandbox_of_kind(kind, **BY_KEY)
    start = developer.page(application, "start")
    key = suiting(kind, frozenset({Demand.KEY}))[0].key
    assert "as private-key.pem" in text(developer.get(f"{start}/{key}"))
    listed = text(developer.get(start))
    assert "No private key is in it" in listed
    assert "client_secret" not in listed
    assert ("in the place of a key" in listed) is (kind is Kind.WEB)


@pytest.mark.parametrize("rest", ["nothing", "nothing/nothing.py", "authlib/nothing.py"])
def test_what_nobody_tries_is_not_there(developer: Partner, rest: str) -> None:
    start = developer.page(developer.sandbox(), "start")
    assert developer.get(f"{start}/{rest}").status_code == 404


def test_the_settings_hold_the_secret_that_the_page_just_showed(developer: Partner) -> None:
    application = developer.sandbox()
    secret = factories.client_secret(application)
    found = developer.post(developer.page(application, "start/settings"), client_secret=secret)
    assert found.json()["client_secret"] == secret
    assert found.json()["client_id"] == application.client_id
    assert found["Cache-Control"] == "no-store"
    assert found["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("text_sent", ["", "made up", "\x00", "é" * 5000])
def test_what_is_no_secret_of_the_application_is_left_out(
    developer: Partner, text_sent: str
) -> None:
    application = developer.sandbox()
    factories.client_secret(application)
    found = developer.post(developer.page(application, "start/settings"), client_secret=text_sent)
    assert "client_secret" not in found.json()


def test_another_applications_secret_is_left_out(developer: Partner) -> None:
    secret = factories.client_secret(developer.sandbox())
    application = developer.sandbox()
    found = developer.post(developer.page(application, "start/settings"), client_secret=secret)
    assert "client_secret" not in found.json()


def test_an_application_without_redirect_uri_has_settings_all_the_same(developer: Partner) -> None:
    application = developer.sandbox(redirect_uris="")
    found = developer.post(developer.page(application, "start/settings"))
    assert found.json()["redirect_uri"] == ""


def test_the_settings_of_a_program_without_people_name_the_api_that_it_may_call(
    developer: Partner,
) -> None:
    application = developer.sandbox_of_kind(Kind.SERVICE, **BY_KEY)
    page = developer.page(application, "start/settings")
    before = developer.post(page).json()
    assert ("resource" in before, before["scope"]) == (False, "")
    api = factories.resource(application, scopes=["read", "light"])
    after = developer.post(page).json()
    assert (after["resource"], after["scope"]) == (api.identifier, "read light")
    assert after["token_endpoint_auth_method"] == "private_key_jwt"


def test_the_settings_say_where_people_come_back_to_after_signing_out(developer: Partner) -> None:
    back = "http://localhost:9000/ http://localhost:9000/signed-out"
    for uris, told in ((back, "http://localhost:9000/"), ("", None)):
        application = developer.sandbox(post_logout_redirect_uris=uris)
        found = developer.post(developer.page(application, "start/settings"))
        assert found.json().get("post_logout_redirect_uri") == told


@pytest.mark.parametrize(
    "kind, columns, members",
    [
        (Kind.WEB, {}, set()),
        (Kind.WEB, BOUND, {"dpop_bound_access_tokens"}),
        (
            Kind.WEB,
            SIGNED,
            {
                "dpop_bound_access_tokens",
                "require_pushed_authorization_requests",
                "require_signed_request_object",
            },
        ),
        (Kind.WEB, BY_CERTIFICATE, {"tls_client_certificate_bound_access_tokens"}),
        (Kind.SERVICE, SIGNED, {"dpop_bound_access_tokens"}),
    ],
)
def test_the_settings_say_what_a_program_must_do(
    developer: Partner, kind: Kind, columns: Columns, members: set[str]
) -> None:
    application = developer.sandbox_of_kind(kind, **columns)
    found = developer.post(developer.page(application, "start/settings")).json()
    assert {name for name, value in found.items() if value is True} == members


def test_a_viewer_is_given_no_settings() -> None:
    viewer = Partner(Member.Role.VIEWER)
    application = viewer.sandbox()
    assert viewer.get(viewer.page(application, "start")).status_code == 200
    assert viewer.post(viewer.page(application, "start/settings")).status_code == 403


def test_another_organisations_application_is_not_there(developer: Partner) -> None:
    other = Partner()
    slug = other.sandbox().slug
    address = f"{developer.home}/applications/{slug}/start"
    assert developer.get(address).status_code == 404
    assert developer.post(f"{address}/settings").status_code == 404


def test_a_program_names_the_commands_by_which_the_portal_has_keys_made() -> None:
    for library in LIBRARIES.values():
        texts = "\n".join(library.texts.values())
        for command in pem.COMMANDS.splitlines():
            assert (command in texts) is (Demand.KEY in library.meets)
