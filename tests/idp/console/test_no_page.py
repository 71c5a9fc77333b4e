"""Staff who open what is not for them read so, in the staff's own frame."""

import re
from uuid import uuid4

import pytest

from accounts.staff import Role
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response

pytestmark = pytest.mark.django_db

NOWHERE = "/staff/nothing-here"
HEADING = "You cannot open this page"


def _text(answer: Response) -> str:
    assert answer.status_code == 404
    text: str = answer.content.decode()
    return text


def _main(answer: Response) -> str:
    [main] = re.findall(r"<main.*?</main>", _text(answer), re.DOTALL)
    return str(main)


def test_staff_read_that_their_roles_do_not_open_it_and_find_the_way_back() -> None:
    page = _text(at_work(Role.SUPPORT)[1].get("/staff/audit"))
    assert HEADING in page
    assert "Page not found" not in page
    assert "Staff of the council" in page
    assert 'href="/staff"' in page
    assert "<li>Support</li>" in page


def test_staff_without_a_role_read_that_they_have_none() -> None:
    assert "You have no role yet" in _text(at_work()[1].get("/staff/audit"))


@pytest.mark.parametrize("path", ["/staff/audit", f"/staff/help/{uuid4()}", "/approvals"])
def test_what_exists_and_what_does_not_read_alike(path: str) -> None:
    _member, desk = at_work(Role.SUPPORT)
    told = [
        re.findall(r"<main.*?</main>", _text(desk.get(at)), re.DOTALL) for at in (path, NOWHERE)
    ]
    assert told[0] == told[1]


def test_everybody_else_reads_the_page_for_everybody() -> None:
    resident = Desk()
    resident.sit_down(factories.account())
    for desk in (Desk(), resident):
        page = _text(desk.get(NOWHERE))
        assert "Page not found" in page
        assert HEADING not in page


def test_staff_on_a_page_for_residents_read_the_page_for_everybody() -> None:
    assert "Page not found" in _text(at_work(Role.SUPPORT)[1].get("/nothing-here"))
