"""One of the people found by name becomes whom a help session is about."""

import pytest

from accounts.limits.operations import hit
from accounts.limits.table import HELP_SAME_PERSON
from accounts.models import ColleagueAccount, Protection
from idp.models import HelpSession
from tests import factories
from tests.accounts.staffing.desk import Desk
from tests.accounts.visitor import Response
from tests.idp.console.searching.searcher import found, look, person, recorded, searching

pytestmark = pytest.mark.django_db


class TestChoosing:
    def _choose(self, desk: Desk, row: HelpSession, account: object) -> Response:
        return desk.post(f"/staff/help/{row.pk}/choose", account=str(account))

    def test_one_of_those_found_becomes_whom_it_is_about(self) -> None:
        ann = person("Ann Example")
        row, desk = searching()
        look(desk, row, "Ann Example")
        assert self._choose(desk, row, ann.pk)["Location"] == f"/staff/help/{row.pk}"
        row.refresh_from_db()
        assert (row.account, row.tier) == (ann, 0)
        assert found(row) == set()
        [event] = recorded("account:help:started")
        assert event.account_id == ann.pk

    @pytest.mark.parametrize("account", ["", "x", "\0", "0" * 9000])
    def test_what_is_no_account_is_none(self, account: str) -> None:
        row, desk = searching()
        assert self._choose(desk, row, account)["Location"] == f"/staff/help/{row.pk}/search"

    def test_an_account_that_was_not_found_cannot_be_chosen(self) -> None:
        person("Ann Example")
        other = person("Bea Other")
        row, desk = searching()
        look(desk, row, "Ann Example")
        assert self._choose(desk, row, other.pk)["Location"] == f"/staff/help/{row.pk}/search"
        row.refresh_from_db()
        assert row.account is None

    @pytest.mark.parametrize("role", ["support", "support_lead"])
    @pytest.mark.parametrize("became", ["protected", "colleague's"])
    def test_one_that_became_what_names_do_not_find_cannot_be_chosen(
        self, became: str, role: str
    ) -> None:
        ann = person("Ann Example")
        row, desk = searching(role)
        look(desk, row, "Ann Example")
        if became == "protected":
            Protection.objects.create(account=ann)
        else:
            colleague = factories.staff_member("support").account
            ColleagueAccount.objects.create(account=ann, staff=colleague)
        assert self._choose(desk, row, ann.pk)["Location"] == f"/staff/help/{row.pk}/search"
        row.refresh_from_db()
        assert row.account is None
        [event] = recorded("account:help:refused")
        assert (event.account_id, event.reason) == (ann.pk, "not_found_by_name")

    def test_one_person_chosen_again_and_again_is_told(self) -> None:
        ann = person("Ann Example")
        row, desk = searching()
        for _try in range(HELP_SAME_PERSON.amount):
            hit(HELP_SAME_PERSON, str(row.staff_id), str(ann.pk))
        look(desk, row, "Ann Example")
        assert self._choose(desk, row, ann.pk)["Location"] == f"/staff/help/{row.pk}"
        [event] = recorded("account:help_limit:reached")
        assert event.reason == "same_person"
