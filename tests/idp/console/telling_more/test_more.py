"""What a caller tells once a case is open goes into it, and shows nothing of who they are."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.help_codes.operations import for_message
from accounts.limits.table import HELP_LOOKS, HELP_MISSES, Limit
from accounts.models import Account, AuditEvent, ColleagueAccount, HelpCode, OutboundMessage
from accounts.recovery.reset.operations import request_reset
from idp.console.helping.rules import Tier
from idp.console.stuck.anybody import TO_ANYBODY
from idp.models import HelpSession
from tests import factories
from tests.accounts.staffing.desk import Desk
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db

ADA, BEN = "ada@example.org", "ben@example.org"
TOO_MANY = {"at": "", "page": "signin:sign_in", "reason": "sign_in_too_many_tries"}


@pytest.fixture
def ada() -> Account:
    return factories.account(ADA, password=factories.PASSWORD)


@pytest.fixture
def ben() -> Account:
    return factories.account(BEN, password=factories.PASSWORD)


def _of_a_page(code: str = "CDFGHJKM") -> HelpCode:
    later = timezone.now() + timedelta(minutes=30)
    row: HelpCode = HelpCode.objects.create(
        code=code, browser_hash="b", steps=[TOO_MANY], expires_at=later
    )
    return row


def _of_a_mail(address: str) -> HelpCode:
    request_reset(typed=address, by=SYSTEM)
    return for_message(OutboundMessage.objects.order_by("-created_at", "-pk")[0])


def _tell(desk: Desk, row: HelpSession, typed: str) -> str:
    """Type it into the case, and return the page's text if it refuses."""
    answer = desk.post(f"/staff/help/{row.pk}/more", typed=typed)
    if answer.status_code == 303:
        assert answer["Location"] == f"/staff/help/{row.pk}"
        return ""
    assert answer.status_code == 200
    return str(answer.content.decode())


def _screen(desk: Desk, row: HelpSession) -> str:
    return str(desk.get(f"/staff/help/{row.pk}").content.decode())


def _events() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(event__in=["account:help:started", "account:help:more_told"])
    return list(rows.order_by("pk").values_list("event", "reason"))


def test_an_address_beside_a_page_s_code_lets_staff_lift_in_the_same_case(ada: Account) -> None:
    row, desk = helping(None, help_code=_of_a_page(), given="help_code")
    assert "/lift-limits" not in _screen(desk, row)
    assert _tell(desk, row, ADA) == ""
    row.refresh_from_db()
    assert (row.account, row.address_key, row.tier) == (ada, ADA, Tier.UNCHECKED)
    assert f"/staff/help/{row.pk}/lift-limits" in _screen(desk, row)
    assert _events() == [
        ("account:help:started", "cannot_sign_in"),
        ("account:help:more_told", "address"),
    ]


def test_a_page_s_code_beside_an_address_tells_what_happened_in_that_browser(ada: Account) -> None:
    row, desk = helping(ada, address_key=ADA)
    assert "Nothing that we can see" in _screen(desk, row)
    code = _of_a_page()
    assert _tell(desk, row, "CDFG-hjkm") == ""
    row.refresh_from_db()
    assert row.help_code == code
    assert "sign-in was slowed down" in _screen(desk, row)


def test_whoever_names_a_neighbour_beside_their_own_page_hears_what_everybody_hears(
    ada: Account,
) -> None:
    row, desk = helping(None, help_code=_of_a_page(), given="help_code")
    before = _screen(desk, row)
    assert str(TO_ANYBODY[0]) not in before
    _tell(desk, row, ADA)
    Account.objects.filter(pk=ada.pk).update(status="frozen")
    after = _screen(desk, row)
    assert "The account is frozen" in after  # for the agent's eyes
    assert str(TO_ANYBODY[0]) in after
    assert "If an account is frozen, its owner" not in after


def test_the_code_of_a_mail_to_that_account_tells_that_they_read_it(ada: Account) -> None:
    row, desk = helping(ada, address_key=ADA)
    code = _of_a_mail(ADA)
    assert _tell(desk, row, code.code) == ""
    assert str(TO_ANYBODY[0]) not in _screen(desk, row)


def test_a_later_code_takes_the_place_of_the_one_before() -> None:
    row, desk = helping(None, help_code=_of_a_page(), given="help_code")
    later = _of_a_page("MMMMCCCC")
    assert _tell(desk, row, later.code) == ""
    row.refresh_from_db()
    assert row.help_code == later


@pytest.mark.parametrize("what", ["address", "mail", "name"])
def test_a_case_never_becomes_somebody_elses(ada: Account, ben: Account, what: str) -> None:
    row, desk = helping(ada, address_key=ADA)
    typed = {"address": BEN, "mail": "", "name": ben.sign_in_name}[what] or _of_a_mail(BEN).code
    assert "This is not about the person of this case" in _tell(desk, row, typed)
    row.refresh_from_db()
    assert (row.account, row.address_key, row.help_code) == (ada, ADA, None)


def test_whose_account_a_checked_caller_has_stays(ada: Account, ben: Account) -> None:
    row, desk = helping(ada, Tier.OWNER)
    assert "This is not about the person" in _tell(desk, row, ben.sign_in_name)
    assert _tell(desk, row, _of_a_page().code) == ""
    row.refresh_from_db()
    assert (row.account, row.tier) == (ada, Tier.OWNER)


@pytest.mark.usefixtures("ben")
def test_of_a_shared_mailbox_the_name_tells_which(ada: Account) -> None:
    factories.email_address(ada, "family@example.org", is_primary=False)
    other = factories.account("grandma", password=factories.PASSWORD)
    factories.email_address(other, "family@example.org", is_primary=False)
    row, desk = helping(None, address_key="family@example.org")
    assert "This is not about the person" in _tell(desk, row, BEN)
    assert _tell(desk, row, "grandma") == ""
    row.refresh_from_db()
    assert row.account == other


def test_a_colleague_s_account_is_not_opened_by_it(ada: Account) -> None:
    row, desk = helping(None, help_code=_of_a_page(), given="help_code")
    colleague = factories.account("member@staff.example")
    ColleagueAccount.objects.create(staff=colleague, account=ada)
    assert "belongs to somebody you work with" in _tell(desk, row, ADA)
    row.refresh_from_db()
    assert (row.account, row.address_key) == (None, "")
    assert AuditEvent.objects.filter(event="account:help:refused", account_id=ada.pk).exists()


@pytest.mark.parametrize(
    "typed, says",
    [
        ("", "Enter the help code"),
        (" ", "Enter the help code"),
        ("x" * 255, "Enter the help code"),
        ("CDFGHJK9", "Nothing has this code"),
        ("nobody has this name", "Nothing has this code"),
        ("<script>x</script>", "Nothing has this code"),
    ],
)
def test_what_leads_nowhere_is_refused_at_the_field(typed: str, says: str) -> None:
    row, desk = helping(None, address_key=ADA)
    page = _tell(desk, row, typed)
    assert says in page
    assert "<script>x" not in page


def test_an_address_that_nobody_has_is_taken_like_any_other() -> None:
    row, desk = helping(None, help_code=_of_a_page(), given="help_code")
    assert _tell(desk, row, "nobody@example.org") == ""
    row.refresh_from_db()
    assert (row.account, row.address_key) == (None, "nobody@example.org")


@pytest.mark.parametrize("limit, typed", [(HELP_LOOKS, ADA), (HELP_MISSES, "CDFGHJK9")])
@pytest.mark.usefixtures("ada")
def test_it_is_no_way_round_the_limits_on_looking_people_up(limit: Limit, typed: str) -> None:
    row, desk = helping(None, address_key=ADA)
    seen = {
        desk.post(f"/staff/help/{row.pk}/more", typed=typed).status_code
        for _look in range(limit.amount)
    }
    assert 429 not in seen
    assert desk.post(f"/staff/help/{row.pk}/more", typed=typed).status_code == 429


def test_nothing_is_added_to_a_case_that_is_over(ada: Account) -> None:
    row, desk = helping(None, help_code=_of_a_page(), given="help_code")
    HelpSession.objects.update(ended_at=timezone.now())
    assert (
        "This help session is over"
        in desk.post(f"/staff/help/{row.pk}/more", typed=ada.sign_in_name).content.decode()
    )
    row.refresh_from_db()
    assert row.account is None


def test_the_open_case_is_found_again_from_where_staff_begin(ada: Account) -> None:
    row, desk = helping(ada, address_key=ADA)
    for page in ("/staff", "/staff/help"):
        shown = desk.get(page).content.decode()
        assert "You are helping somebody: case BL-CDFGHJKM" in shown
        assert f'href="/staff/help/{row.pk}"' in shown
    HelpSession.objects.update(ended_at=timezone.now())
    assert "You are helping somebody" not in desk.get("/staff").content.decode()
