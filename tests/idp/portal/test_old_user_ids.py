"""Registering old user ids on the portal's pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.audit.events import Event
from accounts.limits.table import OLD_USER_ID_LISTS
from accounts.models import AuditEvent, KeptForm
from clients.models import Application, Member
from idp.models import OldUserId
from idp.old_user_ids import queries
from idp.old_user_ids.rules import MOST_BYTES
from tests import factories
from tests.accounts.limits.filling import fill
from tests.accounts.visitor import Response
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db
PAGE = "old-user-ids"


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


@pytest.fixture
def application(partner: Partner) -> Application:
    return partner.sandbox()


def add(partner: Partner, application: Application, ids: str = "", **more: Any) -> Response:
    return partner.post(partner.page(application, f"{PAGE}/add"), ids=ids, **more)


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("users.csv", content, content_type="text/csv")


def number(application: Application) -> int:
    return queries.counts(application).registered


def test_with_none_it_says_what_they_are_for(partner: Partner, application: Application) -> None:
    page = text(partner.get(partner.page(application, PAGE)))
    assert "Registering makes no account" in page
    assert "/old-user-ids" in page
    assert "Delete all" not in page


@pytest.mark.parametrize("way", ["typed", "file"])
def test_a_list_is_registered_and_counted(
    partner: Partner, application: Application, way: str
) -> None:
    listed = "ann\nben\n\n"
    given: Any = {"ids": listed} if way == "typed" else {"file": file(listed.encode("utf-8-sig"))}
    answer = add(partner, application, **given)
    assert (answer.status_code, answer["Location"]) == (303, partner.page(application, PAGE))
    assert number(application) == 2
    factories.claimed(application, factories.test_resident(partner.organisation), "brought along")
    page = " ".join(text(partner.get(partner.page(application, PAGE))).split())
    for key, value in (("Registered", 3), ("Claimed by residents", 1), ("Waiting", 2)):
        value_of_key = f'{key}</dt> <dd class="govuk-summary-list__value">{value}</dd>'
        assert value_of_key in page
    assert "brought along" not in page
    event = AuditEvent.objects.get(event=Event.OLD_USER_IDS_REGISTERED)
    assert (event.actor_id, event.detail) == (str(partner.account.pk), {"number": "2"})


def test_a_wrong_line_is_named_and_nothing_is_done(
    partner: Partner, application: Application
) -> None:
    page = text(add(partner, application, "ann\nben,cy\na\u202eb"))
    assert "Line 2 must hold one ID" in page
    assert "Line 3 must not hold characters that cannot be seen" in page
    assert "<title>Error: " in page
    assert number(application) == 0


@pytest.mark.parametrize(
    "given, words",
    [
        ({}, "Enter old user IDs"),
        ({"ids": " \n"}, "Enter old user IDs"),
        ({"file": b""}, "Enter old user IDs"),
        ({"ids": "ann", "file": b"ben"}, "not both"),
        ({"file": "zoë".encode("latin-1")}, "must be text in UTF-8"),
        ({"file": "zoë".encode("utf-16")}, "must be text in UTF-8"),
        ({"file": b"a\0b"}, "Line 1 must not hold characters that cannot be seen"),
        ({"file": b"x" * (MOST_BYTES + 1)}, "2 MB or smaller"),
        ({"file": b"a\n" * 20_001}, "20,000 lines or fewer"),
        ({"ids": "x" * 256}, "255 characters or fewer"),
        ({"ids": "x\n" * 50_001}, "into a file"),
    ],
)
def test_what_is_no_list_is_refused_in_words(
    partner: Partner, application: Application, given: dict[str, Any], words: str
) -> None:
    if "file" in given:
        given = {**given, "file": file(given["file"])}
    answer = add(partner, application, **given)
    assert answer.status_code == 200
    assert words in text(answer)
    assert number(application) == 0


def test_a_flood_of_lists_has_to_wait(partner: Partner, application: Application) -> None:
    fill(OLD_USER_ID_LISTS, application.client_id)
    assert add(partner, application, "ann").status_code == 429
    assert number(application) == 0


def test_too_many_are_refused_on_the_page(
    partner: Partner, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("idp.old_user_ids.operations.MOST_REGISTERED", 1)
    assert "An application can have" in text(add(partner, application, "ann\nben"))
    assert number(application) == 0


def test_deleting_asks_first(partner: Partner, application: Application) -> None:
    factories.old_user_id(application)
    page = partner.page(application, f"{PAGE}/delete")
    assert "1 old user ID is deleted." in text(partner.get(page))
    assert number(application) == 1
    assert partner.post(page).status_code == 303
    assert number(application) == 0


@pytest.mark.parametrize("act", ["add", "delete"])
class TestWhoMay:
    def test_a_viewer_sees_the_counts_alone(self, act: str) -> None:
        viewer = Partner(Member.Role.VIEWER)
        application = viewer.sandbox()
        factories.old_user_id(application)
        counts = text(viewer.get(viewer.page(application, PAGE)))
        assert f"{PAGE}/{act}" not in counts
        answer = viewer.post(viewer.page(application, f"{PAGE}/{act}"), ids="ann")
        assert answer.status_code == 403
        assert number(application) == 1

    def test_another_organisations_member_finds_nothing(self, act: str) -> None:
        application = Partner().sandbox()
        factories.old_user_id(application)
        stranger = Partner()
        address = f"{stranger.home}/applications/{application.slug}/{PAGE}"
        for path in (address, f"{address}/{act}"):
            assert stranger.get(path).status_code == 404
        assert stranger.post(f"{address}/{act}", ids="ann").status_code == 404
        assert number(application) == 1

    def test_a_live_application_takes_two_factors_shown_just_now(self, act: str) -> None:
        for two_factors in (False, True):
            partner = Partner(two_factors=two_factors)
            live = partner.sandbox(environment=Application.Environment.LIVE)
            factories.old_user_id(live)
            page = partner.page(live, f"{PAGE}/{act}")
            if two_factors:
                partner.grow_stale()
            partner.post(page, ids="ann\nben")
            assert number(live) == 1

    def test_with_both_it_goes_on(self, act: str) -> None:
        partner = Partner(two_factors=True)
        live = partner.sandbox(environment=Application.Environment.LIVE)
        factories.old_user_id(live)
        answer = partner.post(partner.page(live, f"{PAGE}/{act}"), ids="ann")
        assert answer["Location"] == partner.page(live, PAGE)
        assert number(live) == {"add": 2, "delete": 0}[act]


def test_of_a_list_that_came_too_late_nothing_is_kept() -> None:
    partner = Partner(two_factors=True)
    live = partner.sandbox(environment=Application.Environment.LIVE)
    partner.grow_stale()
    add(partner, live, "ann.1970")
    assert not KeptForm.objects.exists()
    assert not OldUserId.objects.exists()


@pytest.mark.parametrize(
    "columns", [{"public": True}, {"grant_types": ["client_credentials"], "scopes": []}]
)
def test_who_could_claim_none_registers_none(partner: Partner, columns: dict[str, Any]) -> None:
    application = partner.sandbox(**columns)
    page = text(partner.get(partner.page(application, PAGE)))
    assert "has to prove itself" in page
    assert add(partner, application, "ann").status_code == 303
    assert number(application) == 0
