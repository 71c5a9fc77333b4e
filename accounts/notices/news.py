"""What may have happened to an account that its owner is told by mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class News(StrEnum):
    """One kind of event that bears on who gets in, or on what we may send where."""

    ACCOUNT_CREATED = "account_created"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    WAY_ADDED = "way_added"
    WAY_REMOVED = "way_removed"
    KEY_LENT = "key_lent"
    LENT_KEY_TAKEN_BACK = "lent_key_taken_back"
    WAYS_SET_ASIDE = "ways_set_aside"
    WAY_KEPT = "way_kept"
    RECOVERY_CODE_USED = "recovery_code_used"
    SIGNED_IN_SOMEWHERE_NEW = "signed_in_somewhere_new"
    DEVICE_REMEMBERED = "device_remembered"
    EVERYTHING_ENDED = "everything_ended"
    FROZEN = "frozen"
    FREEZE_REFERRED = "freeze_referred"
    UNFROZEN = "unfrozen"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    APPEAL_REFUSED = "appeal_refused"
    DEATH_UNDONE = "death_undone"
    EMAIL_ADDED = "email_added"
    EMAIL_CHANGE_CANCELLED = "email_change_cancelled"
    EMAIL_PRIMARY_CHANGED = "email_primary_changed"
    EMAIL_REMOVED = "email_removed"
    PHONE_CHANGED = "phone_changed"
    ADDRESS_CHANGED = "address_changed"
    NAME_CHANGED = "name_changed"
    DATE_OF_BIRTH_CHANGED = "date_of_birth_changed"
    CHANNEL_MARKED_UNSAFE = "channel_marked_unsafe"
    CHANNEL_MARKED_SAFE = "channel_marked_safe"
    CALL_CODE_MAILED = "call_code_mailed"
    CHECKED_BY_CODE = "checked_by_code"
    CHECKED_AT_COUNTER = "checked_at_counter"
    DISCREET_CHANGED = "discreet_changed"
    EARLIER_ACCOUNT_LINKED = "earlier_account_linked"
    EARLIER_ACCOUNT_SEPARATED = "earlier_account_separated"
    EXPORT_ASKED = "export_asked"
    RECOVERY_CODE_GIVEN = "recovery_code_given"
    RECOVERY_STARTED = "recovery_started"
    RECOVERY_WAITING = "recovery_waiting"
    RECOVERY_OPEN = "recovery_open"
    RECOVERY_PAUSED = "recovery_paused"
    RECOVERY_CANCELLED = "recovery_cancelled"
    RECOVERY_DONE = "recovery_done"
    JOINED = "joined"
    JOINED_AND_CLOSED = "joined_and_closed"
    CLOSING_ASKED = "closing_asked"
    CLOSING_CANCELLED = "closing_cancelled"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNUSED = "unused"


@dataclass(frozen=True)
class Item:
    """One piece of news in a mail.

    `due`: when what it announces comes about, if it does. `is_farewell`: told to an address that
    is no longer the account's, from which it may still be stopped while the mail's link works.
    """

    news: News
    at: datetime
    detail: str = ""
    due: datetime | None = None
    is_farewell: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the item as the column keeps it, times in whole seconds since the epoch."""
        kept: dict[str, Any] = {"news": self.news, "at": int(self.at.timestamp())}
        kept |= {"detail": self.detail} if self.detail else {}
        kept |= {"due": int(self.due.timestamp())} if self.due else {}
        return kept | ({"farewell": True} if self.is_farewell else {})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Item":
        """Return the item that `as_json` kept."""
        due = kept.get("due")
        return cls(
            News(kept["news"]),
            datetime.fromtimestamp(kept["at"], UTC),
            kept.get("detail", ""),
            datetime.fromtimestamp(due, UTC) if due else None,
            is_farewell=kept.get("farewell", False),
        )
