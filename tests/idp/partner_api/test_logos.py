"""The logo of an application over HTTP: at once in a sandbox, by review where residents see it."""

from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client
from pytest_django import Settings

from accounts.audit.events import Event
from accounts.limits.table import LOGO_UPLOADS
from accounts.models import AuditEvent
from clients.applications.logo.drawing import LARGEST_FILE, LogoProblem
from clients.models import Application, ApplicationLogo, ProposedLogo, Submission
from tests import factories
from tests.accounts.limits.filling import fill
from tests.clients.approval import rounds
from tests.clients.pictures import picture
from tests.idp.partner_api.caller import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> Caller:
    return Caller("developer", acts_on_live=True)


def _logo(row: Application) -> str:
    return f"/applications/{row.slug}/logo"


def _live(caller: Caller) -> Application:
    return factories.application(of=caller.organisation)


def test_a_sandbox_application_has_its_logo_at_once_and_loses_it_again(caller: Caller) -> None:
    row = caller.sandbox()
    assert caller.call("GET", f"/applications/{row.slug}").json()["logo_uri"] == ""
    given = caller.call("PUT", _logo(row), picture(size=(1000, 500)))
    shown = caller.call("GET", f"/applications/{row.slug}").json()["logo_uri"]
    assert given.json() == {"logo_uri": shown}
    assert Client().get(urlsplit(shown).path)["Content-Type"] == "image/png"
    logo = ApplicationLogo.objects.get()
    assert (logo.application, logo.width, logo.height) == (row, 256, 128)
    jpeg = caller.call("PUT", _logo(row), picture("JPEG"), content_type="image/jpeg")
    assert jpeg.json()["logo_uri"] != shown
    for _ in range(2):
        assert caller.call("DELETE", _logo(row)).status_code == 204
    assert not ApplicationLogo.objects.exists()
    events = AuditEvent.objects.filter(event=Event.APPLICATION_CHANGED, detail__parts="logo")
    assert [one.actor_kind for one in events] == ["api_token"] * 3


def test_larger_files_than_forms_may_be_are_read_whole(caller: Caller) -> None:
    row = caller.sandbox()
    file = picture()
    full = file + bytes(LARGEST_FILE - len(file))
    assert caller.call("PUT", _logo(row), full).status_code == 200


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(WSGIRequest, "read", read)
    refused = caller.call("PUT", _logo(caller.sandbox()), bytes(LARGEST_FILE + 1))
    assert (refused.status_code, refused.json()["reason"]) == (413, "logo_file_too_large")


@pytest.mark.parametrize(
    "kind", ["application/json", "image/svg+xml", "application/x-www-form-urlencoded"]
)
def test_what_says_that_it_is_no_such_picture_is_refused_by_name(caller: Caller, kind: str) -> None:
    refused = caller.call("PUT", _logo(caller.sandbox()), picture(), content_type=kind)
    assert (refused.status_code, refused.json()["reason"]) == (400, "wrong_content_type")


@pytest.mark.parametrize(
    "file, problem",
    [
        (b"\0", LogoProblem.NOT_A_PICTURE),
        (b"<svg onload='alert(1)'/>", LogoProblem.NOT_A_PICTURE),
        (picture(size=(400, 400))[:-200], LogoProblem.BROKEN),
        (picture(size=(2001, 2000)), LogoProblem.TOO_MANY_PIXELS),
    ],
)
@pytest.mark.parametrize("is_live", [False, True])
def test_the_pages_refusals_are_named(
    caller: Caller, file: bytes, problem: str, *, is_live: bool
) -> None:
    row = _live(caller) if is_live else caller.sandbox()
    refused = caller.call("PUT", _logo(row), file)
    assert refused.status_code == 422
    assert refused["Content-Type"] == "application/problem+json"
    (error,) = refused.json()["errors"]
    assert (error["part"], error["problem"]) == ("file", problem)
    assert error["words"]
    assert not ApplicationLogo.objects.exists()
    assert not ProposedLogo.objects.exists()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("is_live", [False, True])
def test_uploads_are_bounded(caller: Caller, settings: Settings, *, is_live: bool) -> None:
    row = _live(caller) if is_live else caller.sandbox()
    settings.LIMITS_ENABLED = True
    fill(LOGO_UPLOADS, str(caller.organisation.pk))
    refused = caller.call("PUT", _logo(row), picture())
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert not ApplicationLogo.objects.exists()
    assert not Submission.objects.exists()


def test_the_logo_of_another_organisation_is_refused(caller: Caller) -> None:
    other = Caller()
    other.call("PUT", _logo(other.sandbox()), picture())
    for row in (caller.sandbox(), _live(caller)):
        refused = caller.call("PUT", _logo(row), picture())
        assert refused.json()["errors"][0]["problem"] == "logo_of_another"


def test_a_live_applications_logo_waits_in_the_draft_of_a_change(caller: Caller) -> None:
    row = _live(caller)
    going_live = f"/applications/{row.slug}/live"
    asked = caller.call("PUT", _logo(row), picture())
    assert asked.status_code == 202
    change = {"before": "", "after": asked.json()["logo_uri"]}
    assert caller.call("GET", going_live).json()["logo"] == change
    assert not ApplicationLogo.objects.exists()
    assert caller.call("DELETE", _logo(row)).status_code == 202
    assert caller.call("GET", going_live).json()["logo"] == {"before": "", "after": ""}
    assert caller.call("DELETE", f"{going_live}/draft/logo").status_code == 204
    assert caller.call("GET", going_live).json()["logo"] is None
    assert Submission.objects.get().state == "draft"


def test_what_the_council_has_gets_no_other_logo(caller: Caller) -> None:
    row = _live(caller)
    caller.call("PUT", _logo(row), picture())
    Submission.objects.update(state="submitted")
    for method, path in (
        ("PUT", _logo(row)),
        ("DELETE", _logo(row)),
        ("DELETE", f"/applications/{row.slug}/live/draft/logo"),
    ):
        refused = caller.call(method, path, picture(size=(9, 9)) if method == "PUT" else None)
        assert (refused.status_code, refused.json()["reason"]) == (409, "is_submitted")
    assert ProposedLogo.objects.get().width == 40


def test_without_a_draft_there_is_no_logo_to_leave(caller: Caller) -> None:
    row = _live(caller)
    refused = caller.call("DELETE", f"/applications/{row.slug}/live/draft/logo")
    assert (refused.status_code, refused.json()["reason"]) == (409, "no_draft")


def test_the_logo_of_a_sandbox_that_goes_live_is_told() -> None:
    row = rounds.sandbox()
    caller = Caller(of=row.organisation)
    given = caller.call("PUT", _logo(row), picture()).json()["logo_uri"]
    rounds.submitted(row)
    shown = caller.call("GET", f"/applications/{row.slug}/live").json()["logo"]
    assert shown == {"before": "", "after": given}
