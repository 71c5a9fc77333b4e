"""A sign-in that has begun and not finished."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from accounts.assurance import Level, Proof
from accounts.models.account import Account
from accounts.models.session import Session
from accounts.security.tokens import random_token

# Whoever walks away between two steps does not leave half a sign-in to the next person.
PROOFS_LAST = timedelta(minutes=15)
# Whoever needs longer has that again, so often: ten times is what WCAG 2.2 §2.2.1 asks for. The
# next person at the keyboard could press too.
_MOST_TIMES = 10


class PendingSignIn(models.Model):
    """One tab's way to a sign-in: where it returns to and what it must prove.

    Bound to the browser that began it; its id travels in the address, so that two tabs at
    different steps do not mix.
    """

    id = models.CharField(primary_key=True, max_length=43, default=random_token)
    browser_hash = models.CharField(max_length=80)
    return_to = models.CharField(max_length=500)
    service_name = models.CharField(max_length=255, blank=True)
    is_sensitive = models.BooleanField(
        default=False, db_comment="that somebody uses the service may put them in danger"
    )
    login_hint = models.CharField(max_length=254, blank=True, db_comment="personal")
    language = models.CharField(
        max_length=10, blank=True, db_comment="that the service asked for, if it did"
    )
    form_action = models.CharField(
        max_length=300,
        blank=True,
        db_comment="origin that the pages' forms may lead to by redirects (CSP form-action)",
    )
    as_someone_else = models.BooleanField(default=False)
    test_group = models.UUIDField(
        null=True, db_comment="whose made-up people alone may sign in here; empty: real people"
    )
    stands_on = models.ForeignKey(
        Session,
        models.CASCADE,
        null=True,
        related_name="+",
        db_comment="the session whose proofs this sign-in adds to",
    )
    beside = models.ForeignKey(
        Session,
        models.CASCADE,
        null=True,
        related_name="+",
        db_comment="the session that goes on: this sign-in proves whose account it is, no more",
    )
    give_up_to = models.CharField(
        max_length=500, blank=True, db_comment="where to go on without the level; a local path"
    )
    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name) for level in Level],
        default=Level.ONE_FACTOR,
        db_comment="what the session must have",
    )
    at_highest_level = models.BooleanField(
        default=False, db_comment="as strongly as the account can, whatever `level` says"
    )
    remembered_device_will_do = models.BooleanField(default=True)
    is_shared_device = models.BooleanField(
        default=False, db_comment="somebody else may use this browser next"
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, db_comment="whose first proof was given"
    )
    password_changed_at = models.DateTimeField(
        null=True, db_comment="the account's, when that proof was given"
    )
    proofs = models.JSONField(default=list, db_comment="as in Session.proofs")
    proved_at = models.DateTimeField(null=True, db_comment="when the first of them was given")
    proofs_until = models.DateTimeField(
        null=True, db_comment="until when the proofs count, if their owner asked for more time"
    )
    mailbox_proved_key = models.CharField(
        max_length=254,
        blank=True,
        db_comment="personal; the sign-in name whose owner typed a mailed code in this flow",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id

    @property
    def newest_proof_at(self) -> datetime | None:
        """When the last proof so far was given, in whole seconds."""
        return max((Proof.from_json(proof).at for proof in self.proofs), default=None)

    @property
    def proofs_end(self) -> datetime | None:
        """When what was proved stops counting; a session's proofs do when that ends."""
        if self.proved_at is None or self.stands_on_id is not None:
            return None
        return self.proofs_until or self.proved_at + PROOFS_LAST

    @property
    def may_have_more_time(self) -> bool:
        """Whether that end can be put off."""
        end, last = self.proofs_end, self.last_end
        return end is not None and last is not None and end < last

    @property
    def last_end(self) -> datetime | None:
        """How far it can be put off: never past the end of what could come of the proofs."""
        if self.proved_at is None:
            return None
        shared: timedelta = settings.SHARED_DEVICE_ABSOLUTE
        own: timedelta = settings.SESSION_ABSOLUTE
        session_ends = shared if self.is_shared_device else own
        return self.proved_at + min(session_ends, (1 + _MOST_TIMES) * PROOFS_LAST)
