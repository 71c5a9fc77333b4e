"""Programs and settings to start from, on the portal's pages."""

import pytest
from django.utils.html import escape

from clients.applications.keys import pem
from clients.applications.registration import Kind
from clients.models import Member
from idp.portal.examples.libraries import LIBRARIES
from tests import factories
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer() -> Partner:
    return Partner(Member.Role.DEVELOPER)


BY_KEY = {"token_endpoint_auth_method": "private_key_jwt"}


@pytest.mark.parametrize(
    "kind, columns", [*((kind, {}) for kind in Kind), (Kind.WEB, BY_KEY), (Kind.SERVICE, BY_KEY)]
)
def test_an_application_is_shown_what_suits_its_kind_and_how_it_proves_itself(
    developer: Partner, kind: Kind, columns: dict[str, str]
) -> None:
    application = developer.sandbox_of_kind(kind, **columns)
    start = developer.page(application, "start")
    listed = text(developer.get(start))
    for key, library in LIBRARIES.items():
        suits = kind in library.kinds and (library.with_keys or not columns)
        assert (f'{start}/{key}"' in listed) is suits
        assert library.name in listed
        found = [developer.get(f"{start}/{key}{part}") for part in ("", f"/{library.files[0]}")]
        assert {page.status_code for page in found} == {200 if suits else 404}


def test_every_library_has_its_page_and_its_files(developer: Partner) -> None:
    for key, library in LIBRARIES.items():
        application = developer.sandbox_of_kind(min(library.kinds))
        start = developer.page(application, "start")
        assert escape(library.install) in text(developer.get(f"{start}/{key}"))
        for file, content in library.texts.items():
            program = developer.get(f"{start}/{key}/{file}")
            assert text(program) == content
            assert program["Content-Disposition"] == f'attachment; filename="{file}"'


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.SERVICE])
def test_one_with_a_key_reads_where_its_key_goes_and_of_no_secret(
    developer: Partner, kind: Kind
) -> None:
    application = developer.sandbox_of_kind(kind, **BY_KEY)
    start = developer.page(application, "start")
    key = next(one for one in LIBRARIES.values() if kind in one.kinds and one.with_keys).key
    assert "as private-key.pem" in text(developer.get(f"{start}/{key}"))
    listed = text(developer.get(start))
    assert "Its private key is not in it" in listed
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
            assert (command in texts) is library.with_keys
