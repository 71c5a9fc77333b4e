"""Programs and settings to start from, on the portal's pages."""

import pytest
from django.utils.html import escape

from clients.applications.registration import Kind
from clients.models import Member
from idp.portal.examples.libraries import LIBRARIES
from tests import factories
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def developer() -> Partner:
    return Partner(Member.Role.DEVELOPER)


@pytest.mark.parametrize("kind", Kind)
def test_an_application_is_shown_what_suits_its_kind(developer: Partner, kind: Kind) -> None:
    application = developer.sandbox_of_kind(kind)
    start = developer.page(application, "start")
    listed = text(developer.get(start))
    for key, library in LIBRARIES.items():
        suits = kind in library.kinds
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
