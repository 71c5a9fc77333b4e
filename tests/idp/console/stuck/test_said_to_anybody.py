"""Whoever merely names an address hears the same words, whatever there is under it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.limits.operations import hit
from accounts.limits.table import SIGN_IN_NAME
from accounts.models import Account, HelpCode, OutboundMessage, RecoveryRequest
from accounts.recovery.reset.operations import request_reset
from accounts.security.tokens import readable_code
from accounts.suspension import operations as suspension
from idp.console.helping.rules import Tier
from idp.console.stuck.anybody import DONE_TO_ANYBODY, IF_THEY_SAY, TO_ANYBODY
from idp.console.stuck.operations import Outcome
from idp.console.stuck.queries import facts_of
from idp.console.stuck.rules import Cause, Facts, Mail, Person, Status, why
from idp.console.stuck.wording import DONE, WORDS, to_say
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber
from tests.accounts.signup.browser import Browser
from tests.factories.ways import app
from tests.idp.console.helping.person import helping
from tests.idp.console.stuck.agent import Agent

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"
NAMED = {Cause.NOTHING_HERE, Cause.NOTHING_WRONG, Cause.SEVERAL_ACCOUNTS, Cause.SLOWED_DOWN}
OF_MAIL = {
    Cause.MAIL_BOUNCED,
    Cause.MAIL_ON_ITS_WAY,
    Cause.MAIL_UNOPENED,
    Cause.LINK_EXPIRED,
    Cause.LINK_SPENT,
}
OF_ACCOUNT = {
    Cause.ACCOUNT_SUSPENDED,
    Cause.ACCOUNT_CLOSED,
    Cause.ACCOUNT_FROZEN,
    Cause.RECOVERY_WAITING,
    Cause.RECOVERY_PAUSED,
    Cause.WAY_LOST,
    Cause.ANOTHER_WAY_LEFT,
}
_BOTH = (False, True)


def _by_an_address() -> set[Cause]:
    """Return every cause that there is where no code led to a browser's steps."""
    people = [Person(*each) for each in product(Status, *(_BOTH,) * 4)]
    # In hand is a mail whose code is read out.
    mails = (None, *(mail for mail in Mail if mail is not Mail.IN_HAND))
    all_facts = product(mails, (None, *people), (None, 0, 1, 2), *(_BOTH,) * 3)
    return {why(Facts((), *facts)) for facts in all_facts}


def test_every_cause_that_an_address_can_lead_to_is_read_out_alike() -> None:
    causes = _by_an_address()
    assert causes == NAMED | OF_MAIL | OF_ACCOUNT
    for done, words in (("", TO_ANYBODY), *((act, DONE_TO_ANYBODY) for act in DONE)):
        assert {to_say(WORDS[cause], has_code=False, done=done) for cause in causes} == {words}


def test_what_everybody_hears_says_of_no_account_that_there_is_one() -> None:
    advice = [words for _said, words in IF_THEY_SAY]
    said = " ".join(map(str, (*TO_ANYBODY, *advice, *DONE_TO_ANYBODY))).lower()
    for telling in ("the account is", "you have an account", "suspended", "we froze", "came back"):
        assert telling not in said
    for sentence in said.split(". "):
        assert "your account" not in sentence or sentence.startswith("if ")


def _nobody() -> None:
    pass


def _quiet() -> Account:
    return factories.account(ADDRESS, password=factories.PASSWORD)


def _suspended() -> None:
    suspension.suspend(account=_quiet(), by=OPERATOR)


def _standing(status: Account.Status) -> None:
    account = _quiet()
    Account.objects.filter(pk=account.pk).update(status=status)


def _recovering(state: RecoveryRequest.State) -> None:
    app(_quiet())
    Climber().know_password(ADDRESS)
    RecoveryRequest.objects.update(state=state)


def _several() -> None:
    for _each in range(2):
        factories.email_address(factories.account(), ADDRESS, is_primary=False)


def _mailed(**columns: object) -> None:
    _quiet()
    request_reset(typed=ADDRESS, by=SYSTEM)
    OutboundMessage.objects.update(**columns)


def _slowed_down() -> None:
    for _try in range(SIGN_IN_NAME.amount):
        hit(SIGN_IN_NAME, ADDRESS)


STATES: dict[Cause, Callable[[], object]] = {
    Cause.NOTHING_HERE: _nobody,
    Cause.NOTHING_WRONG: _quiet,
    Cause.ACCOUNT_SUSPENDED: _suspended,
    Cause.ACCOUNT_FROZEN: lambda: _standing(Account.Status.FROZEN),
    Cause.ACCOUNT_CLOSED: lambda: _standing(Account.Status.CLOSED),
    Cause.RECOVERY_WAITING: lambda: _recovering(RecoveryRequest.State.WAITING),
    Cause.RECOVERY_PAUSED: lambda: _recovering(RecoveryRequest.State.PAUSED),
    Cause.SEVERAL_ACCOUNTS: _several,
    Cause.MAIL_ON_ITS_WAY: lambda: _mailed(state="queued"),
    Cause.MAIL_BOUNCED: lambda: _mailed(state="bounced"),
    Cause.LINK_SPENT: lambda: _mailed(state="sent", used_at=timezone.now()),
    Cause.SLOWED_DOWN: _slowed_down,
}


@pytest.mark.parametrize("cause", STATES)
def test_an_address_alone_has_one_answer_read_out_before_and_after_each_act(cause: Cause) -> None:
    STATES[cause]()
    agent = Agent()
    assert agent.hears(ADDRESS) == str(WORDS[cause].cause)
    assert agent.says() == " ".join(map(str, TO_ANYBODY))
    for act in ("ways-back", "send-again", "lift-limits"):
        assert agent.presses(act) == " ".join(map(str, DONE_TO_ANYBODY))


def test_a_sign_in_name_or_a_complaints_reference_has_the_same() -> None:
    account = factories.account(ADDRESS, sign_in_name="ada")
    Account.objects.filter(pk=account.pk).update(status=Account.Status.FROZEN)
    agent = Agent()
    agent.hears("ada")
    assert agent.says() == " ".join(map(str, TO_ANYBODY))


def test_every_outcome_of_an_act_has_the_same_words() -> None:
    row, desk = helping(None, address_key=ADDRESS)
    pages = [
        desk.client.get(f"/staff/help/{row.pk}", {"done": outcome}).content.decode()
        for outcome in Outcome
    ]
    said = {page.partition('id="say">')[2].partition('id="more"')[0] for page in pages}
    assert len(said) == 1


def test_once_checked_their_own_words_are_read_out() -> None:
    account = _quiet()
    Account.objects.filter(pk=account.pk).update(status=Account.Status.FROZEN)
    row, desk = helping(account, Tier.MAILBOX, address_key=ADDRESS)
    page = desk.get(f"/staff/help/{row.pk}").content.decode()
    assert "If an account is frozen" in page
    assert "Everybody hears the same" not in page


def test_a_page_of_a_sign_up_says_the_same_of_a_mailbox_that_has_all_it_may_have() -> None:
    """Whoever begins one for a neighbour's address holds its page, and rings an hour later."""
    for _each in range(settings.ACCOUNTS_PER_ADDRESS):
        factories.email_address(factories.account(), ADDRESS, is_primary=False)
    begun = timezone.now() - settings.SIGN_UP_LIFETIME
    with time_machine.travel(begun, tick=False):
        for address in (ADDRESS, "new@example.org"):
            Browser().begin(address)
        post.send()
    mails = OutboundMessage.objects.all()
    assert {mail.template for mail in mails} == {"sign_up", "sign_up_address_full"}
    assert {_cause_on_the_page_of(mail) for mail in mails} == {Cause.LINK_EXPIRED}


def _cause_on_the_page_of(mail: OutboundMessage) -> Cause:
    assert mail.sign_up is not None
    later = timezone.now() + timedelta(minutes=30)
    code = HelpCode.objects.create(
        code=readable_code(), browser_hash=mail.sign_up.flow.browser_hash, expires_at=later
    )
    row, _desk = helping(None, help_code=code, given="help_code")
    return why(facts_of(row))
