"""What whoever asks for a second person says, and sees of what became of it."""

import pytest
from django.utils import timezone

from accounts.audit.actor import ANONYMOUS, staff
from accounts.models import RecoveryRequest
from accounts.recovery.waiting.operations import pause, resume
from idp.console.acts.table import Act
from idp.console.helping.rules import Tier
from idp.console.requests.rules import Evidence
from idp.console.requests.wording import EVIDENCE
from idp.models import HelpSession, StaffRequest
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.idp.console.acts.test_acts import COUNTER, address, do
from tests.idp.console.helping.person import helping
from tests.idp.console.requests.test_requests import ANN, answer, asked, call_of, recorded

pytestmark = pytest.mark.django_db


class TestOwnRequests:
    def test_what_waits_says_so_and_can_be_taken_back(self) -> None:
        _row, desk = asked()
        page = desk.get("/staff/requests/mine").content.decode()
        assert "Waits" in page
        assert "Take it back" in page

    def test_what_nobody_answered_says_so_and_what_to_do(self) -> None:
        _row, desk = asked()
        StaffRequest.objects.update(expires_at=timezone.now())
        page = desk.get("/staff/requests/mine").content.decode()
        assert "Over, without an answer" in page
        assert "ask once more" in page
        assert "Waits" not in page
        assert "Take it back" not in page


class TestCodeOfAnAgreedReset:
    def test_its_page_says_when_the_wait_that_has_begun_is_over(self) -> None:
        row, desk = asked()
        answer(at_work("support_lead")[1], row)
        page = do(desk, call_of(row), Act.GIVE_CODE).content.decode()
        assert "The wait has begun" in page
        assert "within 7 days" not in page

    def test_at_a_counter_without_one_the_wait_is_still_to_begin(self) -> None:
        row, desk = helping(factories.account(ANN), Tier.OWNER, **COUNTER)
        page = do(desk, row, Act.GIVE_CODE).content.decode()
        assert "Then a wait of a day begins" in page
        assert "has begun" not in page

    def test_none_is_given_for_a_wait_that_is_stopped(self) -> None:
        row, desk = asked()
        answer(at_work("support_lead")[1], row)
        wait = RecoveryRequest.objects.get()
        assert pause(request=wait, by=ANONYMOUS) is None
        refused = do(desk, call_of(row), Act.GIVE_CODE)
        assert refused.status_code == 409
        assert "Let a stopped recovery go on" in refused.content.decode()
        wait.refresh_from_db()
        assert not wait.code_hash
        assert resume(request=wait, by=staff(row.asked_by)) is None
        assert do(desk, call_of(row), Act.GIVE_CODE).status_code == 200


def _at_a_counter() -> tuple[HelpSession, Desk]:
    return helping(factories.account(ANN), Tier.OWNER, **COUNTER)


class TestEvidence:
    @pytest.mark.parametrize("seen", [[], ["horoscope"], ["passport", "horoscope"], ["\x00"]])
    def test_nobody_is_asked_without_any(self, seen: list[str]) -> None:
        row, desk = helping(factories.account(ANN), Tier.OWNER)
        page = desk.post(address(row, Act.RESET_WAYS), evidence=seen)
        assert page.status_code == 200
        assert "Choose what you have seen or heard" in page.content.decode()
        assert not StaffRequest.objects.exists()

    def test_its_kinds_are_kept_and_shown_to_whoever_decides(self) -> None:
        row, desk = _at_a_counter()
        desk.post(address(row, Act.RESET_WAYS), evidence=["passport", "council_letter"])
        asked_for = StaffRequest.objects.get()
        assert asked_for.evidence == ["council_letter", "passport"]
        lead = at_work("support_lead")[1]
        page = lead.get(f"/staff/requests/{asked_for.pk}").content.decode()
        assert "Their passport" in page
        assert "A letter from the council" in page
        assert "Their driving licence" not in page
        (event,) = recorded("made")
        assert event.detail["evidence"] == "council_letter,passport"

    def test_only_what_can_have_been_seen_or_heard_is_to_choose_from(self) -> None:
        row, desk = helping(factories.account(ANN), Tier.OWNER)
        for seen in ("passport", "council_letter", "called_back"):
            page = desk.post(address(row, Act.RESET_WAYS), evidence=[seen]).content.decode()
            assert "Choose what you have seen or heard" in page
            assert f'value="{seen}"' not in page
        assert not StaffRequest.objects.exists()
        row.called_back_at = timezone.now()
        row.save()
        heard = ["account_code", "called_back"]
        assert desk.post(address(row, Act.RESET_WAYS), evidence=heard).status_code == 303

    def test_at_a_counter_no_code_was_read_out(self) -> None:
        row, desk = _at_a_counter()
        page = desk.post(address(row, Act.RESET_WAYS), evidence=["account_code"])
        assert page.status_code == 200

    def test_every_kind_has_its_words(self) -> None:
        assert set(EVIDENCE) == set(Evidence)

    def test_whoever_decides_on_an_address_sees_the_one_now_masked_and_the_new_one(self) -> None:
        row, _desk = asked(Act.CHANGE_EMAIL)
        page = at_work("support_lead")[1].get(f"/staff/requests/{row.pk}").content.decode()
        assert "a•••@example.org" in page
        assert row.new_address in page
        assert ANN not in page

    def test_an_appeal_asks_for_none(self) -> None:
        row, _desk = asked(Act.APPEAL)
        assert row.evidence == []
