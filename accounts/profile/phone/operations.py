"""Writes of an account's phone number."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, Phone, TextCode
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.profile.phone import queries
from accounts.texts import operations as texts

Purpose = TextCode.Purpose


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
        },
    )
    record(Event.PHONE_CHANGED, by=by, about=About(account_id=account.pk))
    tell(account=account, news=News.PHONE_CHANGED)
    return Change.DONE


@transaction.atomic
def send_code(*, account: Account, by: Actor) -> None:
    """Send a code to the number in a text message; earlier ones are void."""
    row = _locked(account)
    if row is not None and queries.takes_texts(row):
        texts.send_code(account=account, number=row.number, purpose=Purpose.CONFIRM_NUMBER, by=by)


def confirm(*, account: Account, code: str, by: Actor) -> bool:
    """Confirm the number by the code of the newest text, and say whether it was right.

    Call it outside a transaction: every wrong code uses up a try.
    """
    row = queries.of_account(account)
    if row is None or not queries.takes_texts(row):
        return False
    taken = texts.take_code(
        account=account, number=row.number, purpose=Purpose.CONFIRM_NUMBER, code=code
    )
    return taken and _note_confirmed(account, row.number, by)


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


@transaction.atomic
def _note_confirmed(account: Account, number: str, by: Actor) -> bool:
    row = _locked(account)
    if row is None or row.number != number:  # changed in another tab
        return False
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    record(Event.PHONE_CONFIRMED, by=by, about=About(account_id=account.pk, reason="text"))
    return True


def _locked(account: Account) -> Phone | None:
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return (
        Phone.objects.select_for_update(of=("self",), no_key=True).filter(account=account).first()
    )
