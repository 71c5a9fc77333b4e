"""What happened in a caller's browser, as staff read it."""

from datetime import timedelta

import pytest
from django.urls import get_resolver
from django.utils import timezone

from accounts.models import HelpCode
from idp.console.stuck.steps import PLACES
from idp.models import HelpSession
from tests.accounts.staffing.desk import Desk
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db

# Pages of staff and of organisations, and what programs call.
WITHOUT_A_CODE = {
    "api_tokens",
    "applications",
    "approval",
    "approvals",
    "audit",
    "console",
    "credentials",
    "deliveries",
    "examples",
    "figures",
    "inviting",
    "leaks",
    "logos",
    "members",
    "old_user_ids",
    "partner_api",
    "proving",
    "test_residents",
    "tester",
    "trail",
    "week_figures",
}


def _page(desk: Desk, row: HelpSession) -> str:
    return str(desk.get(f"/staff/help/{row.pk}").content.decode())


def test_a_hostile_trail_is_shown_inert() -> None:
    steps = [{"at": "<b>", "page": "<script>x</script>", "reason": "<img src=x>"}, {}]
    later = timezone.now() + timedelta(minutes=30)
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash="b", steps=steps, expires_at=later)
    row, desk = helping(None, help_code=code, given="help_code")
    shown = _page(desk, row)
    assert "<script>x" not in shown
    assert "&lt;script&gt;x" not in shown
    assert "Something else" in shown


def test_a_trail_names_no_page_and_no_reason_by_what_the_code_calls_it() -> None:
    at = "2026-07-03T15:05:09+00:00"
    steps = [
        {"at": at, "page": "history:mailed", "reason": "used"},
        {"at": at, "page": "sign_in_page", "reason": "status_403"},
        {"at": at, "page": "joining:start", "reason": "joining_too_new"},
    ]
    later = timezone.now() + timedelta(minutes=30)
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash="b", steps=steps, expires_at=later)
    row, desk = helping(None, help_code=code, given="help_code")
    shown = _page(desk, row)
    for raw in ("history:mailed", "sign_in_page", "status_403", "joining_too_new"):
        assert raw not in shown
    for words in (
        "What happened in their account",
        "Another page",
        "The page was refused",
        "Joining too new",
        "4:05:09pm",
    ):
        assert words in shown


def test_every_page_of_a_resident_has_words_in_a_trail() -> None:
    told = {name for name in get_resolver().namespace_dict if name not in WITHOUT_A_CODE}
    assert told <= set(PLACES)


@pytest.mark.parametrize(
    "steps", [{"at": "now"}, "text", 7, None, [None, 1, "x", []], [{"at": "2026-13-40T25:00:00Z"}]]
)
def test_a_trail_of_another_shape_breaks_nothing(steps: object) -> None:
    later = timezone.now() + timedelta(minutes=30)
    kept = [] if steps is None else steps
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash="b", steps=kept, expires_at=later)
    row, desk = helping(None, help_code=code, given="help_code")
    assert "Why they are stuck" in _page(desk, row)
