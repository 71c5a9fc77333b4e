"""A caller is known by a code that went to the account, and by nothing that a stranger has."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.assurance import Method
from accounts.call_codes import operations as codes
from accounts.help_codes.operations import for_message
from accounts.limits.table import CALL_CODES_MAILED, CALL_CODES_MAILED_TO, CALLERS_CHECKED
from accounts.models import Account, AuditEvent, CallCode, EmailAddress, OutboundMessage
from accounts.security.tokens import READABLE
from idp.console.helping.rules import Tier
from idp.models import HelpSession
from tests import factories
from tests.accounts import post
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import help_session, helping

pytestmark = pytest.mark.django_db


def _at(row: HelpSession, page: str) -> str:
    return f"/staff/help/{row.pk}/{page}"


def _send(row: HelpSession, desk: Desk) -> Response:
    return desk.post(_at(row, "know"), way="mailed")


def _read(letter: post.Letter) -> str:
    found = re.search(rf"^([{READABLE}]{{4}}-[{READABLE}]{{4}})$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[1]


def _mailed(row: HelpSession, desk: Desk) -> str:
    _send(row, desk)
    return _read(post.newest())


def _shown(account: Account) -> str:
    session = factories.session(account, proofs=[], level=2)
    return codes.show(session=session).code


def _type(row: HelpSession, desk: Desk, code: str, page: str = "know/mailed-code") -> Response:
    return desk.post(_at(row, page), code=code)


def _tier(row: HelpSession) -> int:
    row.refresh_from_db()
    return row.tier


def _recorded(event: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event).order_by("pk"))


class TestMailed:
    def test_read_out_it_shows_that_the_caller_reads_the_mailbox(self) -> None:
        account = factories.account()
        row, desk = helping(account)
        answer = _type(row, desk, _mailed(row, desk).lower())
        assert answer["Location"] == f"/staff/help/{row.pk}"
        assert (_tier(row), row.known_by) == (Tier.MAILBOX, "mailed_code")
        [event] = _recorded("account:help_tier:reached")
        assert (event.account_id, event.reason) == (account.pk, "mailed_code")

    def test_it_works_once(self) -> None:
        row, desk = helping(factories.account())
        code = _mailed(row, desk)
        _type(row, desk, code)
        HelpSession.objects.update(tier=0, known_at=None)
        assert _type(row, desk, code).status_code == 200
        assert _tier(row) == 0

    def test_it_works_for_ten_minutes(self) -> None:
        row, desk = helping(factories.account())
        code = _mailed(row, desk)
        with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
            assert "does not work" in _type(row, desk, code).content.decode()
        assert _tier(row) == 0

    def test_the_help_code_that_stands_there_too_is_told_apart_and_counts_as_a_try(self) -> None:
        row, desk = helping(factories.account())
        code = _mailed(row, desk)
        mail = OutboundMessage.objects.get(template="call_code")
        other = for_message(mail).code
        for _try in range(5):
            shown = _type(row, desk, f"{other[:4]}-{other[4:].lower()}").content.decode()
            assert "This is a help code" in shown
        assert _type(row, desk, code).status_code == 200
        assert _tier(row) == 0

    def test_the_fifth_try_may_be_right_and_the_sixth_may_not(self) -> None:
        for wrong, tier in ((4, Tier.MAILBOX), (5, Tier.UNCHECKED)):
            row, desk = helping(factories.account())
            code = _mailed(row, desk)
            for _try in range(wrong):
                assert _type(row, desk, "CDFGHJKM").status_code == 200
            _type(row, desk, code)
            assert _tier(row) == tier
        assert {event.reason for event in _recorded("account:call_code:refused")} == {"wrong_code"}

    def test_a_newer_one_makes_it_void(self) -> None:
        row, desk = helping(factories.account())
        older, newer = _mailed(row, desk), _mailed(row, desk)
        _type(row, desk, older)
        assert _tier(row) == 0
        _type(row, desk, newer)
        assert _tier(row) == 1

    def test_it_works_in_no_help_session_but_the_one_that_asked(self) -> None:
        account = factories.account()
        row, desk = helping(account)
        code = _mailed(row, desk)
        theirs, other_desk = helping(account)
        _type(theirs, other_desk, code)
        assert _tier(theirs) == 0
        assert other_desk.post(_at(row, "know/mailed-code"), code=code).status_code == 404
        _type(row, desk, code, "know/account-code")
        assert _tier(row) == 0

    def test_it_works_in_no_help_session_about_another_account(self) -> None:
        row, desk = helping(factories.account())
        code = _mailed(row, desk)
        row.account = factories.account()
        row.save()
        _type(row, desk, code)
        assert _tier(row) == 0

    def test_it_goes_to_the_address_that_was_given_and_else_to_the_main_one(self) -> None:
        account = factories.account("main@example.org")
        factories.email_address(account, "second@example.org", is_primary=False)
        row, desk = helping(account, address_key="second@example.org")
        _send(row, desk)
        other, other_desk = helping(account, address_key="was@example.org")
        _send(other, other_desk)
        assert [letter.to for letter in post.letters()] == [
            "second@example.org",
            "main@example.org",
        ]

    def test_nothing_goes_to_an_unsafe_address_nor_counts_from_there(self) -> None:
        account = factories.account("ann@example.org")
        row, desk = helping(account, address_key="ann@example.org")
        code = _mailed(row, desk)
        EmailAddress.objects.update(unsafe_since=timezone.now())
        _type(row, desk, code)
        assert _tier(row) == 0
        before = OutboundMessage.objects.count()
        _send(row, desk)
        assert OutboundMessage.objects.count() == before

    @time_machine.travel(timezone.now(), tick=False)
    def test_the_page_is_the_same_without_an_account(self) -> None:
        pages = []
        for account in (factories.account("ann@example.org"), None):
            row, desk = helping(account, address_key="ann@example.org")
            answer = _send(row, desk)
            assert answer["Location"] == _at(row, "know/mailed-code")
            for page in (desk.get(answer["Location"]), _type(row, desk, "CDFGHJKM")):
                text = page.content.decode().replace(str(row.pk), "")
                text = re.sub(r'nonce="[^"]+"|value="[^"]{64}"|until \d\d:\d\d', "", text)
                text = re.sub(rf"[{READABLE}]{{4}}-[{READABLE}]{{4}}", "", text)
                pages.append(text)
        assert pages[0] == pages[2]
        assert pages[1] == pages[3]
        assert len(_recorded("account:call_code:sent")) == 1
        assert "no_account_found" in [
            event.reason for event in _recorded("account:call_code:refused")
        ]

    def test_a_mail_that_leaves_too_late_is_not_sent(self) -> None:
        row, desk = helping(factories.account())
        _send(row, desk)
        with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
            assert post.letters() == []

    def test_the_mail_warns_and_leads_to_this_was_not_me(self) -> None:
        row, desk = helping(factories.account())
        _send(row, desk)
        letter = post.newest()
        for words in ("Only read this out if you rang us on", "tell nobody this code"):
            assert words in letter.text
            assert words in letter.html
        assert desk.get(letter.path("/safety/")).status_code == 200

    def test_the_code_is_nowhere_in_clear(self) -> None:
        row, desk = helping(factories.account())
        code = _mailed(row, desk).replace("-", "")
        kept = [*CallCode.objects.values_list(), *OutboundMessage.objects.values_list()]
        assert code not in repr(kept)
        assert code not in repr(list(AuditEvent.objects.values_list()))


class TestShown:
    def test_read_out_it_shows_that_the_caller_owns_the_account_who_is_told(self) -> None:
        account = factories.account()
        row, desk = helping(account)
        _type(row, desk, _shown(account), "know/account-code")
        assert (_tier(row), row.known_by) == (Tier.OWNER, "account_code")
        assert "read out a code from your account" in post.newest().text

    def test_it_opens_no_other_account(self) -> None:
        ann, bob = factories.account(), factories.account()
        row, desk = helping(bob)
        _type(row, desk, _shown(ann), "know/account-code")
        assert _tier(row) == 0

    def test_a_newer_one_makes_it_void(self) -> None:
        account = factories.account()
        row, desk = helping(account)
        older, newer = _shown(account), _shown(account)
        _type(row, desk, older, "know/account-code")
        assert _tier(row) == 0
        _type(row, desk, newer, "know/account-code")
        assert _tier(row) == 2

    def test_of_two_of_the_staff_one_may_use_it(self) -> None:
        account = factories.account()
        code = _shown(account)
        first, second = helping(account), helping(account)
        for row, desk in (first, second):
            _type(row, desk, code, "know/account-code")
        assert (_tier(first[0]), _tier(second[0])) == (2, 0)

    def test_only_staff_can_use_it(self) -> None:
        account = factories.account()
        row, _desk = helping(account)
        thief = Desk()
        thief.enter(account, Method.PASSKEY)
        answer = thief.post(_at(row, "know/account-code"), code=_shown(account))
        assert answer["Location"].startswith("/staff/sign-in")
        _member, approver = at_work("approver")
        assert _type(row, approver, "CDFGHJKM", "know/account-code").status_code == 404
        assert _tier(row) == 0

    def test_without_an_account_no_code_is_right(self) -> None:
        row, desk = helping(None)
        assert (
            "does not work"
            in _type(row, desk, _shown(factories.account()), "know/account-code").content.decode()
        )


class TestLimits:
    def test_one_mailbox_gets_few_codes_whether_it_is_anybodys_or_not(self) -> None:
        for address in ("ann@example.org", "nobody@example.org"):
            account = factories.account(address) if address.startswith("ann") else None
            row, desk = helping(account, address_key=address)
            for _try in range(CALL_CODES_MAILED_TO.amount):
                assert _send(row, desk).status_code == 303
            assert _send(row, desk).status_code == 429
        reasons = [event.reason for event in _recorded("account:call_code:refused")]
        assert [one for one in reasons if one != "no_account_found"] == ["too_many_codes"] * 2

    def test_one_of_the_staff_has_few_codes_mailed(self) -> None:
        row, desk = helping(factories.account())
        for number in range(CALL_CODES_MAILED.amount):
            HelpSession.objects.update(address_key=f"{number}@example.org")
            assert _send(row, desk).status_code == 303
        HelpSession.objects.update(address_key="more@example.org")
        assert _send(row, desk).status_code == 429

    def test_guessing_across_callers_stops_also_what_is_right(self) -> None:
        first, desk = helping(factories.account())
        for _try in range(CALLERS_CHECKED.amount):
            _type(first, desk, "CDFGHJKM", "know/account-code")
        account = factories.account()
        HelpSession.objects.update(ended_at=timezone.now())
        second = help_session(desk, account)
        assert _type(second, desk, _shown(account), "know/account-code").status_code == 429
        assert _tier(second) == 0
        assert _recorded("account:call_code:refused")[-1].reason == "too_many_checks"


@pytest.mark.parametrize("code", ["", "\0", "x" * 21, "ÀÉ"])
def test_whatever_is_typed_is_refused_at_the_field(code: str) -> None:
    account = factories.account()
    row, desk = helping(account)
    _shown(account)
    assert _type(row, desk, code, "know/account-code").status_code == 200


def test_a_way_that_is_none_is_refused() -> None:
    row, desk = helping(factories.account())
    for way in ("", "guess", "counter"):
        answer = desk.post(_at(row, "know"), way=way)
        assert answer.status_code == 200
        assert "Choose how you check" in answer.content.decode()
