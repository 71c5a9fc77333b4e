"""Whether what a key and its browser say may be believed; the signature is checked elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

# More than anybody carries; it bounds what a stolen session can pile up.
MOST_KEYS = 20


class Refusal(StrEnum):
    """Why a passkey or security key was not taken; for the log and staff, not for whoever tries."""

    UNREADABLE = "passkey_unreadable"
    CHALLENGE_NOT_OURS = "passkey_challenge_not_ours"
    UNKNOWN = "passkey_unknown"
    WRONG_ORIGIN = "passkey_wrong_origin"
    FRAMED = "passkey_framed"
    WRONG_OWNER = "passkey_wrong_owner"
    USER_NOT_VERIFIED = "passkey_user_not_verified"
    BACKUP_CHANGED = "passkey_backup_changed"
    FORGED = "passkey_forged"
    CLONED = "passkey_cloned"
    NOT_STORED = "passkey_not_stored"
    ADDED_BEFORE = "passkey_added_before"
    TOO_MANY = "passkey_too_many"


@dataclass(frozen=True)
class ClientData:
    """What the browser put under the signature (WebAuthn Level 3 §5.8.1)."""

    challenge: str
    origin: str
    is_framed: bool


@dataclass(frozen=True)
class Shown:
    """What a key says of itself when it signs; `user_handle` is base64url, None where it has none.

    A security key that stores nothing cannot know whose it is.
    """

    user_handle: str | None
    user_verified: bool
    backup_eligible: bool
    backed_up: bool
    sign_count: int


@dataclass(frozen=True)
class Kept:
    """What we know of the key, and whether it must verify its user and name its owner."""

    user_handle: str
    backup_eligible: bool
    sign_count: int
    stands_alone: bool


def browser_refusal(said: ClientData, *, origins: Collection[str]) -> Refusal | None:
    """Return what is wrong with where the browser was (WebAuthn Level 3 §7.1, §7.2).

    No page of ours is ever framed: a key asked for from inside another website's page was asked
    for by that website.
    """
    if said.is_framed:
        return Refusal.FRAMED
    return None if said.origin in origins else Refusal.WRONG_ORIGIN


def key_refusal(kept: Kept, shown: Shown) -> Refusal | None:
    """Return what is wrong with what the key says (WebAuthn Level 3 §7.2)."""
    unnamed = shown.user_handle is None and not kept.stands_alone
    if not unnamed and shown.user_handle != kept.user_handle:
        return Refusal.WRONG_OWNER
    if kept.stands_alone and not shown.user_verified:
        return Refusal.USER_NOT_VERIFIED
    # Eligibility is fixed when a key is made (§6.1.3): another value is another key. One that
    # cannot be copied cannot be copied already.
    changed = shown.backup_eligible != kept.backup_eligible
    if changed or (shown.backed_up and not shown.backup_eligible):
        return Refusal.BACKUP_CHANGED
    return None


def is_cloned(kept: Kept, shown: Shown) -> bool:
    """Say whether the counter stood still or went back: two devices sign with this key (§6.1.1).

    Passkeys that several devices share count nothing and stay at zero.
    """
    return bool(kept.sign_count or shown.sign_count) and shown.sign_count <= kept.sign_count
