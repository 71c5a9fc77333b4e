"""Writes the words of a name beside its account."""

from django.db import transaction

from accounts.models import Account, NameWord
from accounts.names.words import words_of


@transaction.atomic
def note_words(*, account: Account) -> None:
    """Keep the words of the account's full name as it is now; call it wherever the name is set.

    Of staff and made-up people there are none: nobody looks for them by name.
    """
    wanted = words_of(account.full_name)
    if account.is_staff or account.is_test:
        return
    NameWord.objects.filter(account=account).exclude(word__in=wanted).delete()
    NameWord.objects.bulk_create(
        [NameWord(account=account, word=word) for word in sorted(wanted)], ignore_conflicts=True
    )
