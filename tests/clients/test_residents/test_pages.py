"""The pages about test residents, for each role, and for members of other organisations."""

from collections.abc import Callable

import pytest

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent
from clients.models import Member, TestResident
from clients.test_residents import operations
from clients.test_residents.cast import Situation
from tests.accounts.visitor import Response
from tests.clients.colleague import Colleague, member

pytestmark = pytest.mark.django_db
DEVELOPER, VIEWER = Member.Role.DEVELOPER, Member.Role.VIEWER
PAGES: dict[str, Callable[[Colleague, str], Response]] = {
    "": lambda browser, path: browser.get(path),
    "/renew": lambda browser, path: browser.post(path),
    "/put-back": lambda browser, path: browser.post(path),
}


def _path(row: Member, *parts: object) -> str:
    return "/".join([f"/organisations/{row.organisation.slug}/test-residents", *map(str, parts)])


def _made(row: Member) -> dict[str, TestResident]:
    rows = operations.make_all(organisation=row.organisation, by=OPERATOR)
    return {one.situation: one for one in rows}


def test_a_developers_first_look_makes_them_and_a_second_makes_no_more() -> None:
    row, browser = member(DEVELOPER)
    page = browser.get(_path(row)).content.decode()
    assert page.count("@test.invalid") == len(Situation)
    browser.get(_path(row))
    assert TestResident.objects.count() == len(Situation)
    assert set(AuditEvent.objects.filter(event__contains="made").values_list("actor_id")) == {
        (str(row.account_id),)
    }


def test_a_viewers_look_makes_none_and_says_so() -> None:
    row, browser = member(VIEWER)
    assert "None have been made yet." in browser.get(_path(row)).content.decode()
    assert not TestResident.objects.exists()


def test_a_viewer_sees_who_they_are_and_no_password() -> None:
    row, browser = member(VIEWER)
    maya = _made(row)[Situation.ORDINARY]
    page = browser.get(_path(row)).content.decode()
    assert maya.account.sign_in_name in page
    assert f"/test-residents/{maya.pk}" not in page
    for part, visit in PAGES.items():
        assert visit(browser, f"{_path(row, maya.pk)}{part}").status_code == 403


def test_a_developer_sees_all_that_they_sign_in_with() -> None:
    row, browser = member(DEVELOPER)
    maya = _made(row)[Situation.ORDINARY]
    answer = browser.get(_path(row, maya.pk))
    known = {one["key"]["text"]: one["value"]["html"] for one in answer.context["signs_in_with"]}
    assert len(known) == 5
    page = answer.content.decode()
    assert all(value in page for value in known.values())
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("situation", Situation)
def test_each_has_a_page(situation: Situation) -> None:
    row, browser = member(DEVELOPER)
    one = _made(row)[situation]
    assert one.account.full_name in browser.get(_path(row, one.pk)).content.decode()


@pytest.mark.parametrize("part", PAGES)
def test_another_organisations_are_found_by_nobody_and_the_try_is_recorded(part: str) -> None:
    ours, browser = member()
    theirs, _ = member()
    maya = _made(theirs)[Situation.ORDINARY]
    password = Account.objects.get(pk=maya.account_id).password
    for path in (_path(theirs, maya.pk), _path(ours, maya.pk), _path(ours, 2**31)):
        assert PAGES[part](browser, f"{path}{part}").status_code == 404
    tries = AuditEvent.objects.filter(event="organisation:access:refused")
    assert {*tries.values_list("reason", flat=True)} == {"not_a_member", "not_its_own"}
    assert Account.objects.get(pk=maya.account_id).password == password


def test_renewing_shows_the_new_password_and_keeps_it_out_of_the_address() -> None:
    row, browser = member(DEVELOPER)
    maya = _made(row)[Situation.ORDINARY]
    before = browser.get(_path(row, maya.pk)).context["signs_in_with"][1]
    answer = browser.post(f"{_path(row, maya.pk)}/renew")
    assert (answer.status_code, answer["Location"]) == (303, f"{_path(row, maya.pk)}?done=renewed")
    page = browser.get(answer["Location"])
    assert page.context["signs_in_with"][1] != before
    assert "They have another password and other codes." in page.content.decode()


def test_putting_back_says_so() -> None:
    row, browser = member(DEVELOPER)
    grace = _made(row)[Situation.FROZEN]
    Account.objects.filter(pk=grace.account_id).update(status=Account.Status.ACTIVE)
    grace.account.freezes.all().delete()
    answer = browser.post(f"{_path(row, grace.pk)}/put-back")
    page = browser.get(answer["Location"]).content.decode()
    assert "They are as they were, and signed in nowhere." in page
    assert "Frozen" in page
