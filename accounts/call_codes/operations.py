"""Mailing and showing codes, and using one up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.call_codes import queries
from accounts.call_codes.rules import TRIES, written
from accounts.models import Account, CallCode, Session
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.notices.operations import queue
from accounts.notices.queries import is_of_somebody_dead
from accounts.security.tokens import readable_code


@dataclass(frozen=True)
class Shown:
    """A code in clear, for one answer alone, and until when it works."""

    code: str
    until: datetime


@transaction.atomic
def mail(*, account: Account, mailbox_key: str, asked_in: UUID) -> bool:
    """Queue a code to a safe address of the account; say whether one may be mailed to.

    The help session's earlier code is void. Its caller records who asked.
    """
    address = queries.address_for(account, mailbox_key)
    if address is None or is_of_somebody_dead(account.pk):
        return False
    message = queue(
        template=Template.CALL_CODE,
        address=address.address,
        language=account.language,
        account=account,
        news=News.CALL_CODE_MAILED,
    )
    CallCode.objects.create(
        account=account,
        purpose=CallCode.Purpose.MAILED,
        message=message,
        asked_in=asked_in,
        expires_at=_end(),
    )
    return True


@transaction.atomic
def show(*, session: Session) -> Shown:
    """Make a code for the account's owner to read out; the earlier one is void."""
    account = session.account
    code = readable_code()
    row = CallCode(account=account, purpose=CallCode.Purpose.SHOWN, expires_at=_end())
    row.code_hash = queries.digest(row, code)
    row.save(force_insert=True)
    about = About(account_id=account.pk, session_id=session.pk, object_id=str(row.pk))
    record(Event.CALL_CODE_SHOWN, by=resident(account), about=about)
    return Shown(code, row.expires_at)


def take_mailed(*, account: Account, asked_in: UUID, code: str) -> bool:
    """Say whether this is the code that the help session had mailed, and use it up.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    return _take(queries.newest_mailed(account, asked_in), code)


def take_shown(*, account: Account, code: str) -> bool:
    """Say whether this is the code that the account's page shows, and use it up.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    return _take(queries.newest_shown(account), code)


def _take(row: CallCode | None, code: str) -> bool:
    if row is None:
        return False
    # In one statement: of guesses that come together each has its own try.
    rows = CallCode.objects.filter(pk=row.pk, used_at=None, tries__lt=TRIES)
    if not rows.update(tries=F("tries") + 1) or not queries.matches(row, written(code)):
        return False
    # Of two of our staff who type it at once, one knows whom they talk to.
    unused = CallCode.objects.filter(pk=row.pk, used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def _end() -> datetime:
    return timezone.now() + settings.CALL_CODE_LIFETIME
