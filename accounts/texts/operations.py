"""Sending a code as a text message, and taking it back; telling something by one."""

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks.base import Task

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, Phone, TextCode, TextMessage
from accounts.texts import queries
from accounts.texts.jobs import send_text

# Three in a million by guessing; then a new code, which limits make rare.
TRIES = 3


@transaction.atomic
def send_code(
    *, account: Account, number: str, purpose: TextCode.Purpose, by: Actor, browser: str = ""
) -> None:
    """Queue a code and its job in the caller's transaction; the browser's earlier code is void.

    Count it against limits before: each message costs money and may go to a stranger.
    """
    row = TextCode.objects.create(
        account=account,
        purpose=purpose,
        number=number,
        browser_hash=browser,
        language=account.language,
        expires_at=timezone.now() + settings.TEXT_CODE_LIFETIME,
    )
    about = About(account_id=account.pk, object_kind=purpose, object_id=str(row.pk))
    record(Event.TEXT_CODE_SENT, by=by, about=about)
    send_text.enqueue(str(row.pk))


@transaction.atomic
def queue(
    *, kind: TextMessage.Kind, account: Account, number: str, by: Actor, job: Task[[str], None]
) -> None:
    """Queue a message without a code, and the job that writes it, in the caller's transaction."""
    row = TextMessage.objects.create(
        kind=kind, account=account, number=number, language=account.language
    )
    about = About(account_id=account.pk, object_kind=kind, object_id=str(row.pk))
    record(Event.TEXT_MESSAGE_QUEUED, by=by, about=about)
    job.enqueue(str(row.pk))


def take_code(
    *, account: Account, number: str, purpose: TextCode.Purpose, code: str, browser: str = ""
) -> bool:
    """Say whether this is the last code sent there, and use it up; every try is counted.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    row = queries.newest_of(account, purpose, number, browser)
    if row is None:
        return False
    # In one statement: of guesses that come together each has its own try.
    rows = TextCode.objects.filter(pk=row.pk, used_at=None, tries__lt=TRIES)
    if not rows.update(tries=F("tries") + 1) or not queries.code_matches(row, code):
        return False
    used = TextCode.objects.filter(pk=row.pk, used_at=None).update(used_at=timezone.now())
    if used:
        Phone.objects.filter(account=account, number=number).update(last_used_at=timezone.now())
    return bool(used)
