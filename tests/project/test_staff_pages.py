"""Every address for staff, opened by every role, by no role, and by everybody else."""

from urllib.parse import urlencode

import pytest
from django.conf import settings

from accounts.models import AuditEvent, StaffRole
from accounts.security.access import Access
from accounts.staff import MAY, Permission, Role, permitted
from idp.console.helping.rules import Tier
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import helping
from tests.project.test_access import ADDRESSES, _access, _example

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = [path for path in ADDRESSES if _access(path) is Access.STAFF]
every_page = pytest.mark.parametrize("path", PAGES)


def _permission(path: str) -> Permission | None:
    found: Permission | None = vars(ADDRESSES[path].callback)["permission"]
    return found


def _answers(desk: Desk, path: str) -> list[Response]:
    return [desk.get(_example(path)), desk.post(_example(path))]


def test_there_are_pages_to_try() -> None:
    assert {"staff", "staff/keys", "approvals"} <= set(PAGES)


def test_every_role_says_what_it_may_and_every_permission_is_somebodys() -> None:
    assert set(MAY) == set(Role)
    assert permitted(list(Role)) == set(Permission)
    assert permitted(["resident", "admin", ""]) == frozenset()


@every_page
def test_only_those_of_the_staff_enter_whose_roles_may(path: str) -> None:
    permission = _permission(path)
    for role in (None, *Role):
        _member, desk = at_work(*([role] if role else []))
        before = _refusals()
        answers = _answers(desk, path)
        if permission is None or (role is not None and permission in MAY[role]):
            assert not any(_is_at_the_door(answer) for answer in answers)
            assert _refusals() == before
        else:
            assert [answer.status_code for answer in answers] == [404, 404]
            assert _refusals() == before + 2


@every_page
def test_no_page_lets_somebody_of_the_staff_raise_their_own_role(path: str) -> None:
    member, desk = at_work("support")
    wish = {
        **dict.fromkeys(("role", "roles", "reason", "decision", "choice"), "owner"),
        **dict.fromkeys(("staff", "account", "member", "email"), str(member.pk)),
        "permission": "owner",
    }
    desk.post(_example(path), **wish)
    desk.get(f"{_example(path)}?{urlencode(wish)}")
    assert list(StaffRole.objects.values_list("account_id", "role")) == [(member.pk, "support")]


@every_page
def test_nobody_else_gets_past_the_door(path: str) -> None:
    resident, made_up = Desk(), Desk()
    resident.sit_down(factories.account())
    made_up.sit_down(factories.account(is_test=True))
    for desk in (Desk(), resident, made_up):
        cookie = desk.client.cookies.get(settings.STAFF_COOKIE_NAME)
        if cookie is not None:
            desk.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = cookie.value
        assert all(_is_at_the_door(answer) for answer in _answers(desk, path))


WITHIN = [path for path in PAGES if path.startswith("staff/help/<uuid:help_id>")]


def test_there_are_pages_within_help_sessions() -> None:
    assert "staff/help/<uuid:help_id>/end" in WITHIN


@pytest.mark.parametrize("path", WITHIN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_within_a_help_session_keeps_to_the_tier_it_states(path: str, method: str) -> None:
    stated = Tier(vars(ADDRESSES[path].callback)["tier"])
    permission = _permission(path)
    role = next(role for role in Role if permission in MAY[role])
    for tier in Tier:
        row, desk = helping(factories.account(), tier, roles=(role,))
        before = _too_low()
        address = _example(path.replace("<uuid:help_id>", str(row.pk)))
        answer = getattr(desk, method)(address)
        is_refused = answer.status_code == 403 and _too_low() == before + 1
        assert is_refused == (tier < stated)


def _too_low() -> int:
    rows = AuditEvent.objects.filter(event="account:help:refused", reason="tier_too_low")
    return rows.count()


def _is_at_the_door(answer: Response) -> bool:
    is_sent: bool = answer.status_code == 302
    return is_sent and str(answer["Location"]).startswith("/staff/sign-in")


def _refusals() -> int:
    return AuditEvent.objects.filter(event="account:staff_page:refused").count()
