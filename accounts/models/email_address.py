"""A contact address; several accounts may share one mailbox."""

from django.db import models

from accounts.models.account import Account, sign_in_key

ADDRESS_LENGTH = 254  # RFC 5321 §4.5.3.1.3: 256 with the brackets round it


def address_key(address: str) -> str:
    """Return the form under which two addresses are the same mailbox, however they are spelt."""
    return sign_in_key(address)


class EmailAddress(models.Model):
    """An address that an account confirmed it reads."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="email_addresses")
    address = models.EmailField(max_length=254, db_comment="personal")
    address_key = models.CharField(max_length=254, db_index=True, db_comment="personal")
    is_primary = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField()
    unsafe_since = models.DateTimeField(
        null=True, db_comment="nothing is sent there, nothing from there is obeyed"
    )
    others_read_since = models.DateTimeField(
        null=True,
        db_comment="another account gave it up then, and its owner may read there still",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "address_key"], name="email_address_once_an_account"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(is_primary=True),
                name="email_address_one_primary",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
