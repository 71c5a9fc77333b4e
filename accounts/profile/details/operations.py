"""Writes of what an account's owner says of themselves."""

from datetime import date

from django.db import transaction

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.names.operations import note_words
from accounts.notices.news import News
from accounts.notices.operations import tell


@transaction.atomic
def change_name(*, account: Account, full_name: str, by: Actor) -> bool:
    """Give the account another full name, self-stated, and say whether it is another one.

    The former one is kept, shown to nobody, until its owner says what is to become of it.
    """
    row = _locked(account)
    if row.full_name == full_name:
        return False
    row.former_name, row.shares_former_name = row.full_name, False
    row.full_name, row.full_name_checked_at = full_name, None
    row.save(
        update_fields=["full_name", "full_name_checked_at", "former_name", "shares_former_name"]
    )
    note_words(account=row)
    record(Event.NAME_CHANGED, by=by, about=About(account_id=row.pk))
    tell(account=row, news=News.NAME_CHANGED)
    return True


@transaction.atomic
def share_former_name(*, account: Account, by: Actor) -> None:
    """Let services that get the name see the former one too."""
    row = _locked(account)
    row.shares_former_name = bool(row.former_name)
    row.save(update_fields=["shares_former_name"])
    record(Event.FORMER_NAME_CHANGED, by=by, about=About(account_id=row.pk, reason="shared"))


@transaction.atomic
def forget_former_name(*, account: Account, by: Actor) -> None:
    """Keep the former name no longer."""
    row = _locked(account)
    row.former_name, row.shares_former_name = "", False
    row.save(update_fields=["former_name", "shares_former_name"])
    record(Event.FORMER_NAME_CHANGED, by=by, about=About(account_id=row.pk, reason="forgotten"))


@transaction.atomic
def change_date_of_birth(*, account: Account, born: date | None, by: Actor) -> bool:
    """State or take back a date of birth; one that was checked stays, and False is returned."""
    row = _locked(account)
    if row.date_of_birth_checked_at is not None:
        return False
    if row.date_of_birth != born:
        row.date_of_birth = born
        row.save(update_fields=["date_of_birth"])
        reason = "stated" if born else "removed"
        record(Event.DATE_OF_BIRTH_CHANGED, by=by, about=About(account_id=row.pk, reason=reason))
        tell(account=row, news=News.DATE_OF_BIRTH_CHANGED)
    return True


@transaction.atomic
def change_language(*, account: Account, language: str, by: Actor) -> None:
    """Write to the account's owner, and show them pages, in this language."""
    row = _locked(account)
    row.language = language
    row.save(update_fields=["language"])
    record(Event.LANGUAGE_CHANGED, by=by, about=About(account_id=row.pk, reason=language))


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)
