"""A person who can sign in."""

import unicodedata
import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.encoding import punycode


def sign_in_key(name: str) -> str:
    """Return the form under which two sign-in names or addresses count as the same.

    The part of an address before the @ is folded too: mail systems that tell case apart there are
    unknown in practice, residents who type a capital are not.
    """
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    before, at, domain = plain.rpartition("@")
    if not at:
        return plain
    try:
        return f"{before}@{punycode(domain)}"
    except UnicodeError:
        return plain


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by what people type."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of this sign-in name, typed in any case."""
        return self.get(sign_in_key=sign_in_key(username or ""))


class Account(AbstractBaseUser):
    """A person who can sign in, by a unique sign-in name that need not be an address.

    Real residents, made-up people (`is_test`) and the council's staff (`is_staff`) are never the
    same account.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"
        FROZEN = "frozen"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sign_in_name = models.CharField(max_length=254, db_comment="personal")
    sign_in_key = models.CharField(max_length=254, unique=True, db_comment="personal")
    full_name = models.CharField(max_length=200, db_comment="personal")
    full_name_checked_at = models.DateTimeField(null=True, db_comment="else self-stated")
    former_name = models.CharField(max_length=200, blank=True, db_comment="personal")
    shares_former_name = models.BooleanField(default=False)
    date_of_birth = models.DateField(null=True, db_comment="personal")
    date_of_birth_checked_at = models.DateTimeField(null=True, db_comment="else self-stated")
    language = models.CharField(max_length=10, default="en-gb")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    is_test = models.BooleanField(default=False)
    test_group = models.UUIDField(
        null=True,
        db_index=True,
        db_comment="made-up people of one group are known within it alone; set at creation",
    )
    test_claims = models.JSONField(default=dict, db_comment="only ever set on test accounts")
    # Empty for residents. Triggers keep it as it was set when the account was made.
    staff_since = models.DateTimeField(
        null=True, db_comment="of the council's staff since then; set at creation or never"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    password_changed_at = models.DateTimeField(null=True)
    password_from_mailbox = models.BooleanField(
        default=False,
        db_comment="chosen by a mailed link, and not yet used together with a second step: until "
        "then it proves no more than the mailbox does",
    )
    password_suspect_since = models.DateTimeField(
        null=True, db_comment="its owner said that a change was not theirs: opens nothing"
    )
    # Empty is none: two accounts without a passkey must not collide.
    user_handle = models.CharField(  # noqa: DJ001
        max_length=86,
        null=True,
        unique=True,
        db_comment="64 random bytes, base64url; what passkeys know the account by",
    )
    is_discreet = models.BooleanField(default=False, db_comment="mails name no service")
    changes_held_until = models.DateTimeField(
        null=True, db_comment="after a recovery: until then contacts and ways to sign in stay"
    )
    joined_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="joined")
    use_checked_from = models.DateTimeField(
        null=True,
        default=timezone.now,
        db_comment="from then on it is looked at whether anybody uses it",
    )

    # The base class would write it at every sign-in; sessions hold that time.
    last_login = None

    USERNAME_FIELD = "sign_in_key"
    REQUIRED_FIELDS = []

    objects = AccountManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["use_checked_from"],
                condition=models.Q(status="active", is_test=False),
                name="account_use_checked_from",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="account_test_claims_only_on_test_accounts",
                condition=models.Q(is_test=True) | models.Q(test_claims={}),
            ),
            models.CheckConstraint(
                name="account_test_group_only_of_test_accounts",
                condition=models.Q(is_test=True) | models.Q(test_group=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def has_password(self) -> bool:
        """Whether there is a password at all; an account may have a passkey instead."""
        return self.has_usable_password()

    @property
    def is_staff(self) -> bool:
        """Whether it is an account of the council's staff, and so no resident's."""
        return self.staff_since is not None

    def is_known_to(self, test_group: uuid.UUID | None) -> bool:
        """Say whether pages for this group of made-up people, or for real ones, know the account.

        Every page that signs somebody in asks this: neither is ever taken for the other, and none
        of the staff for either.
        """
        is_meant = self.is_test == (test_group is not None) and self.test_group == test_group
        return is_meant and not self.is_staff

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether anything at all may be done for this account."""
        return self.status == self.Status.ACTIVE
