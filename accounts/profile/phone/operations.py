"""Writes of an account's phone number."""

from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mailbox.rules import MOST_CODE_TRIES, CodeOutcome, wrong_code
from accounts.models import Account, Phone
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.profile.phone import queries, texting
from accounts.security import keyed_hash
from accounts.security.tokens import six_digits

_PURPOSE = "phone_code"


class Change(StrEnum):
    """What became of a wish to change or remove a number."""

    DONE = "done"
    IN_USE = "phone_in_use"


@transaction.atomic
def change(*, account: Account, number: str, by: Actor) -> Change:
    """Keep another number, self-stated until it is confirmed; the same one stays as it is."""
    row = _locked(account)
    if row is not None and row.number == number:
        return Change.DONE
    if queries.signs_in(account):
        return Change.IN_USE
    Phone.objects.update_or_create(
        account=account,
        defaults={
            "number": number,
            "confirmed_at": None,
            "last_used_at": None,
            "unsafe_since": None,
            "changed_at": timezone.now(),
            "code_hash": "",
            "code_sent_at": None,
            "code_tries": 0,
        },
    )
    record(Event.PHONE_CHANGED, by=by, about=About(account_id=account.pk))
    tell(account=account, news=News.PHONE_CHANGED)
    return Change.DONE


@transaction.atomic
def send_code(*, account: Account, by: Actor) -> None:
    """Send a code to the number by a text message; earlier ones are void."""
    row = _locked(account)
    if row is None or row.unsafe_since is not None or not texting.reaches(row.number):
        return
    code = six_digits()
    row.code_hash = keyed_hash.digest(_PURPOSE, _bound(row, code))
    row.code_sent_at, row.code_tries = timezone.now(), 0
    row.save(update_fields=["code_hash", "code_sent_at", "code_tries"])
    texting.send(row, code)
    record(Event.PHONE_CODE_SENT, by=by, about=About(account_id=account.pk))


@transaction.atomic
def confirm(*, account: Account, code: str, by: Actor) -> CodeOutcome:
    """Confirm the number by the code of the newest text; every wrong one uses up a try."""
    row = _locked(account)
    now = timezone.now()
    sent = row.code_sent_at if row is not None else None
    if row is None or sent is None or row.unsafe_since or now - sent >= settings.TEXT_CODE_LIFETIME:
        return CodeOutcome.ENDED
    if row.code_tries >= MOST_CODE_TRIES:
        return CodeOutcome.TOO_MANY_TRIES
    if not keyed_hash.matches(_PURPOSE, _bound(row, code), row.code_hash):
        row.code_tries += 1
        row.save(update_fields=["code_tries"])
        return wrong_code(tries=row.code_tries)
    row.confirmed_at, row.code_hash, row.code_sent_at = now, "", None
    row.save(update_fields=["confirmed_at", "code_hash", "code_sent_at"])
    record(Event.PHONE_CONFIRMED, by=by, about=About(account_id=account.pk, reason="text"))
    return CodeOutcome.CONFIRMED


@transaction.atomic
def say_still_mine(*, account: Account, by: Actor) -> None:
    """Note that the owner says that a number unused for long is still theirs; self-stated again."""
    row = _locked(account)
    if row is not None:
        row.confirmed_at, row.last_used_at = None, timezone.now()
        row.save(update_fields=["confirmed_at", "last_used_at"])
        about = About(account_id=account.pk, reason="still_mine")
        record(Event.PHONE_CONFIRMED, by=by, about=about)


@transaction.atomic
def remove(*, account: Account, by: Actor) -> Change:
    """Forget the number, unless it is a way to sign in."""
    row = _locked(account)
    if row is None:
        return Change.DONE
    if queries.signs_in(account):
        return Change.IN_USE
    row.delete()
    record(Event.PHONE_REMOVED, by=by, about=About(account_id=account.pk))
    tell(account=account, news=News.PHONE_CHANGED)
    return Change.DONE


def _locked(account: Account) -> Phone | None:
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return (
        Phone.objects.select_for_update(of=("self",), no_key=True).filter(account=account).first()
    )


def _bound(row: Phone, code: str) -> str:
    # Bound to its number: a code sent to one confirms no other.
    return f"{row.account_id}:{row.number}:{code}"
