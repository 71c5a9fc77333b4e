"""The words of residents' names, by which staff find them."""

from django.db import models

from accounts.models.account import Account


class NameWord(models.Model):
    """One word of an account's full name, in the form in which two words count as the same."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="name_words", db_index=True)
    word = models.CharField(max_length=200, db_comment="personal")

    class Meta:
        constraints = [
            # In this order it is the index, too, by which whole words are looked up.
            models.UniqueConstraint(fields=["word", "account"], name="name_word_once_an_account")
        ]

    def __str__(self) -> str:
        return str(self.account_id)
