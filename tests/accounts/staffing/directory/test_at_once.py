"""What the directory opens and ends at the same moment, in two threads.

In a command on the served provider's database: the tests' own rows live in one transaction, which
no other thread sees.
"""

import secrets
from typing import Any

import pytest

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_ROUNDS = (
    AT_ONCE
    + """
    from accounts.assurance import Method, Proof
    from accounts.models import Authenticator, DirectoryLink, DirectoryVisit, Session, StaffMember
    from accounts.models import StaffRole
    from accounts.security.browser import BrowserId
    from accounts.sessions.operations import AccountChangedError
    from accounts.staffing.directory import operations
    from accounts.staffing.directory.leavers import operations as leavers
    from accounts.staffing.directory.operations import Vouched
    from accounts.staffing.directory.rules import Person
    from accounts.staffing.entry import operations as entry
    from accounts.staffing.entry.operations import Known
    from accounts.staffing.people import operations as staff
    from tests.factories.authenticators import key_of

    subject = f"{address}-{{number}}"
    vouched = Vouched(
        "https://directory.example",
        Person(subject, f"{{subject}}@council.example", "Ada Lee"),
        frozenset(["support", "approver"]),
        "a token",
    )

    def visit():
        browser = BrowserId()
        state = operations.begin(browser=browser).state
        return operations.arrive(state=state, browser=browser).visit

    def admit():
        done = operations.admit(visit=visit(), vouched=vouched)
        return str(done.member.pk) if done.member else str(done.refusal)

    def sign_in(known):
        try:
            return entry.start(known=known, replaces=None, started_on="").session.pk
        except AccountChangedError:
            return None

    def link():
        return DirectoryLink.objects.select_related("member__account").get(subject=subject)

    def left(account):
        sessions = Session.objects.filter(account=account, ended_at=None).count()
        return [sessions, StaffRole.objects.filter(account=account).count()]

    first, second = at_once(admit, admit)
    made = StaffMember.objects.filter(work_email_key=f"{{subject}}@council.example").count()
    outcome = dict(visits=[first == second, made])

    account = link().member.account
    key_of(account)
    way = Authenticator.objects.get(account=account)
    outcome["keyed"] = [admit() == first, left(account)]

    row, now = link(), timezone.now()
    claim = lambda: leavers.claim(link=row, now=now)
    outcome["claims"] = sorted(at_once(claim, claim))

    known = Known(account, Proof(Method.PASSKEY, timezone.now(), way.pk))
    at_once(lambda: sign_in(known), lambda: leavers.gone(link=row))
    outcome["gone"] = left(account)

    admit()
    row = link()
    def stays():
        leavers.renew(link=row, refresh_token="next")
        return leavers.stays(link=row, roles_now=["support"], now=timezone.now())

    at_once(stays, lambda: staff.leave(member=row.member, by=OPERATOR))
    outcome["left"] = [left(account), link().refresh_token]

    outcome["barred"] = admit()
    found.append(outcome)
print(json.dumps(found))
"""
)
Outcomes = list[dict[str, Any]]


@pytest.fixture(scope="module")
def outcomes(served: Served) -> Outcomes:
    found: Outcomes = told(served, _ROUNDS, address=secrets.token_hex(8))
    assert len(found) == ROUNDS
    return found


def test_two_visits_of_one_person_make_one_account(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["visits"] == [True, 1]
        assert found["keyed"] == [True, [0, 2]]


def test_one_of_two_rounds_alone_asks_about_somebody(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["claims"] == [False, True]


def test_nobody_is_signed_in_who_is_given_up_at_that_moment(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["gone"] == [0, 0]


def test_whoever_is_shown_out_while_the_directory_says_yes_is_out(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["left"] == [[0, 0], ""]
        assert found["barred"] == "directory_barred"
