"""Every kind of mail can be written, as text and as HTML, with nothing missing."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from accounts.models import (
    Account,
    EmailChange,
    Inactivity,
    OutboundMessage,
    PendingSignIn,
    PendingSignUp,
    RecoveryRequest,
)
from accounts.notices.catalogue import CATALOGUE, Template
from accounts.notices.operations import queue
from tests import factories
from tests.accounts import post

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MISSING = "¿nothing here?"
LINKED = {
    Template.SIGN_UP,
    Template.SIGN_UP_KNOWN_ADDRESS,
    Template.PASSWORD_RESET,
    Template.SIGN_IN_CODE,
    Template.SECURITY_NOTICE,
    Template.EMAIL_CONFIRM,
    Template.EMAIL_AGREE,
    Template.EMAIL_CHANGE_WAITING,
    Template.EMAIL_CHANGED,
    Template.RECOVERY_WAYS,
    Template.RECOVERY_STARTED,
    Template.RECOVERY_HALFWAY,
    Template.RECOVERY_OPEN,
    Template.RECOVERY_DONE,
    Template.RECOVERY_PAUSED,
    Template.ACCOUNT_CREATED,
    Template.CALL_CODE,
    Template.PASSWORD_RESET_DONE,
    Template.INVITATION,
    Template.STAFF_ENROL,
}
every_template = pytest.mark.parametrize("template", list(Template))


@pytest.fixture(autouse=True)
def _show_what_is_missing(settings: Settings) -> None:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = MISSING
    settings.TEMPLATES = templates


@pytest.fixture
def letter(template: Template) -> post.Letter:
    return written(template, factories.account("ann@example.org", full_name="Ann Secretname"))


def written(template: Template, account: Account) -> post.Letter:
    """Return the mail as the account's owner, or whoever signs up, finds it."""
    sign_up = None
    if template.startswith("sign_up"):
        soon = timezone.now() + timedelta(hours=2)
        flow = PendingSignIn.objects.create(browser_hash="x", return_to="/", expires_at=soon)
        sign_up = PendingSignUp.objects.create(
            flow=flow, address="ann@example.org", started_on="Firefox on Linux", expires_at=soon
        )
    if template == Template.ACCOUNT_CLOSES:
        _unused(account)
    queue(
        template=template,
        address="ann@example.org",
        account=None if sign_up else account,
        email_change=_email_change(account) if template.startswith("email_") else None,
        recovery=_recovery(account) if template.startswith("recovery_") else None,
        sign_up=sign_up,
        language="en-gb",
    )
    return post.newest()


def _unused(account: Account) -> None:
    now = timezone.now()
    Inactivity.objects.create(
        account=account,
        told_at=now - timedelta(days=240),
        told_again_at=now - timedelta(days=120),
        announced_at=now,
        closes_at=now + timedelta(days=90),
    )


def _recovery(account: Account) -> RecoveryRequest:
    soon = timezone.now() + timedelta(hours=72)
    return RecoveryRequest.objects.create(
        account=account,
        rung=RecoveryRequest.Rung.KNOWN_PASSWORD,
        state=RecoveryRequest.State.WAITING,
        mailbox_key="ann@example.org",
        started_on="Firefox on Linux",
        opens_at=soon,
        closes_at=soon + timedelta(days=7),
    )


def _email_change(account: Account) -> EmailChange:
    soon = timezone.now() + timedelta(days=7)
    return EmailChange.objects.create(
        account=account,
        kind=EmailChange.Kind.REPLACE,
        started_on="Firefox on Linux",
        expires_at=soon,
        opens_at=soon,
        done_at=timezone.now(),
    )


@every_template
def test_a_mail_misses_nothing_and_escapes_nothing_in_its_text(letter: post.Letter) -> None:
    assert MISSING not in letter.text + letter.html
    assert not re.search(r"&#?\w+;|<\w|\{[{%]", letter.text)
    assert not letter.text.startswith("\n")
    assert "\n\n\n\n" not in letter.text


@every_template
def test_a_mail_has_a_subject_a_heading_and_the_phone(letter: post.Letter) -> None:
    assert letter.subject
    assert "\n" not in letter.subject
    assert re.search(r"<h1[^>]*>\s*\w", letter.html)
    assert "020 7946 0000" in letter.text


@every_template
def test_a_mail_names_nobody(letter: post.Letter) -> None:
    assert "Secretname" not in letter.text + letter.html + letter.subject


@every_template
def test_only_mails_that_need_one_carry_a_secret_link(
    letter: post.Letter, template: Template
) -> None:
    secret = re.search(r"/[\w-]{43}(?![\w-])", letter.text)
    assert bool(secret) == (template in LINKED)
    assert bool(OutboundMessage.objects.get().link_hash) == (template in LINKED)


def _read(html: str) -> str:
    return " ".join(re.sub(r"<style.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL).split())


def test_the_three_mails_of_a_sign_up_look_alike_on_a_locked_phone() -> None:
    ann = factories.account("ann@example.org", is_discreet=True)
    letters = [written(t, ann) for t in Template if t.startswith("sign_up")]
    assert len(letters) == 3
    assert len({letter.subject for letter in letters}) == 1
    assert len({sent.from_email for sent in mail.outbox}) == 1
    # More than the lines that any of them shows of a mail, from its text or from its page.
    assert len({letter.text[:140] for letter in letters}) == 1
    assert len({_read(letter.html)[:180] for letter in letters}) == 1


def test_every_template_is_in_the_catalogue() -> None:
    assert set(CATALOGUE) == set(Template)
    assert mail.outbox == []


@pytest.mark.parametrize("template", [t for t in Template if not t.startswith("sign_up")])
def test_a_discreet_mail_names_neither_the_council_nor_the_service(template: Template) -> None:
    letter = written(template, factories.account("ann@example.org", is_discreet=True))
    assert letter.subject == "A message for you"
    shown = re.sub(r'<style>.*?</style>|href="[^"]*"', "", letter.html, flags=re.DOTALL)
    named = re.compile("borough|council|town hall", re.IGNORECASE)
    assert not named.search(letter.text + shown + mail.outbox[-1].from_email)
    assert "020 7946 0000" in letter.text
    assert "\n\n\n\n" not in letter.text


def test_the_foot_of_a_discreet_mail_is_a_setting(settings: Settings) -> None:
    settings.DISCREET_FOOTER = "Registered in England, 01234567"
    ann = factories.account("ann@example.org", is_discreet=True)
    letter = written(Template.SECURITY_NOTICE, ann)
    assert "Registered in England, 01234567" in letter.text
    assert "Registered in England, 01234567" in letter.html
    Account.objects.update(is_discreet=False)
    ann.refresh_from_db()
    plain = written(Template.SECURITY_NOTICE, ann)
    assert "Registered in England" not in plain.text
    assert "Town Hall" in plain.text
