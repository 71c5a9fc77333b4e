"""Keeping what somebody chooses in the guide. None of it counts until its end."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.mailbox.rules import MOST_CODE_TRIES, CodeOutcome, wrong_code
from accounts.models import Account, Leaving
from accounts.models.email_address import address_key
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from accounts.notices.queries import code_matches
from accounts.passwords.operations import hashed
from accounts.safety.leaving import queries
from accounts.safety.leaving.steps import Step
from accounts.security.browser import BrowserId


@transaction.atomic
def begin(*, account: Account, browser: BrowserId) -> Leaving:
    """Begin the guide in this browser; what was chosen here before is forgotten."""
    # Of two clicks at once the second begins it anew.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    open_here = Leaving.objects.filter(
        account=account, done_at=None, browser_hash__in=browser.hashes
    )
    open_here.delete()
    return Leaving.objects.create(
        account=account,
        browser_hash=browser.hash,
        # As long as a session can last: whoever is slow, or must hide it, has no other clock.
        expires_at=timezone.now() + settings.SESSION_ABSOLUTE,
    )


@transaction.atomic
def choose(*, leaving: Leaving, step: str, choice: Any) -> None:  # noqa: ANN401 - what JSON holds
    """Keep the answer to a question."""
    row = queries.lock(leaving)
    row.choices = {**row.choices, step: choice}
    row.save(update_fields=["choices"])


@transaction.atomic
def skip(*, leaving: Leaving, step: str) -> None:
    """Forget the answer to a question: what it asks about stays as it is."""
    row = queries.lock(leaving)
    row.choices.pop(step, None)
    if step in {Step.ADDRESS, Step.CODE}:
        row.address, row.address_key, row.message, row.confirmed_at = "", "", None, None
    if step == Step.PASSWORD:
        row.password = ""
    row.save()


def choose_password(*, leaving: Leaving, password: str) -> None:
    """Keep the hash of a new password."""
    # Before the transaction: a slow hash must not hold the database's write lock.
    encoded = hashed(password)
    Leaving.objects.filter(pk=leaving.pk, done_at=None).update(password=encoded)


@transaction.atomic
def choose_address(*, leaving: Leaving, address: str) -> None:
    """Mail a code to an address that is to be the account's; no other address hears of it."""
    row = queries.lock(leaving)
    row.address, row.address_key = address, address_key(address)
    row.confirmed_at, row.code_tries = None, 0
    row.message = queue(
        template=Template.NEW_ADDRESS_CODE,
        address=address,
        account=row.account,
        language=row.account.language,
    )
    row.save()


@transaction.atomic
def confirm_address(*, leaving: Leaving, code: str) -> CodeOutcome:
    """Take the code from the newest mail; every wrong one uses up a try."""
    row = queries.lock(leaving)
    if row.confirmed_at is not None:
        return CodeOutcome.CONFIRMED
    if row.code_tries >= MOST_CODE_TRIES:
        return CodeOutcome.TOO_MANY_TRIES
    if row.message is not None and code_matches(row.message, code):
        row.confirmed_at = timezone.now()
        row.save(update_fields=["confirmed_at"])
        return CodeOutcome.CONFIRMED
    row.code_tries += 1
    row.save(update_fields=["code_tries"])
    return wrong_code(tries=row.code_tries)
