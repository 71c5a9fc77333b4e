"""Whom the directory's claims describe, and whether they get in by them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.names.rules import is_plain_name

_LONGEST_NAME: Final = 200
_LONGEST_SUBJECT: Final = 255
_LONGEST_MAILBOX: Final = 200
_SUBJECT: Final = re.compile(r"[\x21-\x7e]+")
_MAILBOX: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}"
)


class Refusal(StrEnum):
    """Why a visit to the directory opens nothing; told to whoever made it."""

    NOT_BEGUN_HERE = "directory_not_begun_here"
    ANOTHER_ISSUER = "directory_another_issuer"
    DECLINED = "directory_declined"
    SILENT = "directory_silent"
    UNTRUSTED = "directory_untrusted"
    UNNAMED = "directory_unnamed"
    NO_MAILBOX = "directory_no_mailbox"
    GROUPS_NOT_SAID = "directory_groups_not_said"
    NO_GROUP = "directory_no_group"
    NOT_ASKED_AGAIN = "directory_not_asked_again"
    BARRED = "directory_barred"
    MAILBOX_TAKEN = "directory_mailbox_taken"
    MAILBOX_CHANGED = "directory_mailbox_changed"
    KEY_TOO_LATE = "directory_key_too_late"


@dataclass(frozen=True)
class Person:
    """Somebody as the directory describes them; with a good mailbox, or an empty one."""

    subject: str
    mailbox: str
    name: str


@dataclass(frozen=True)
class Facts:
    """What there is already, for whoever the directory named.

    `is_known`: a staff account is theirs; `has_mailbox`: by the same mailbox as then. `is_barred`:
    they had one that somebody ended by hand. `is_taken`: the mailbox is another account's.
    `may_ask_again`: the directory gave a refresh token.
    """

    is_known: bool
    has_mailbox: bool
    is_barred: bool
    is_taken: bool
    has_role: bool
    may_ask_again: bool


def person_in(subject: str, claims: Mapping[str, object]) -> Person | Refusal:
    """Return whom the claims describe, or why they do not."""
    if len(subject) > _LONGEST_SUBJECT or not _SUBJECT.fullmatch(subject):
        return Refusal.UNNAMED
    mailbox = claims.get("email")
    if not isinstance(mailbox, str) or not _is_mailbox(mailbox) or _is_denied(claims):
        return Refusal.NO_MAILBOX
    name = claims.get("name")
    is_fit = isinstance(name, str) and is_plain_name(name) and len(name) <= _LONGEST_NAME
    return Person(subject, mailbox, str(name) if is_fit else mailbox)


def groups_unsaid(claims: Mapping[str, object], group_claim: str) -> bool:
    """Say whether the directory left the groups out because they are too many.

    It names a place to ask instead (OpenID Connect Core §5.6.2, as Entra does beyond 200), so that
    their absence does not mean that somebody is in none.
    """
    elsewhere = claims.get("_claim_names")
    return isinstance(elsewhere, Mapping) and group_claim in elsewhere


def refusal(facts: Facts) -> Refusal | None:
    """Return why somebody whom the directory named gets no further, if so."""
    reasons = {
        # Whom somebody here has shown the door comes back by somebody here.
        Refusal.BARRED: facts.is_barred and not facts.is_known,
        Refusal.NO_GROUP: not facts.has_role,
        # Nobody would notice when they leave.
        Refusal.NOT_ASKED_AGAIN: not facts.may_ask_again,
        # The directory may have given its number to somebody new: no key of theirs goes to an
        # account that has a history, roles given by hand and sign-offs of somebody else.
        Refusal.MAILBOX_CHANGED: facts.is_known and not facts.has_mailbox,
        Refusal.MAILBOX_TAKEN: not facts.is_known and facts.is_taken,
    }
    return next((reason for reason, applies in reasons.items() if applies), None)


def _is_mailbox(text: str) -> bool:
    return len(text) <= _LONGEST_MAILBOX and bool(_MAILBOX.fullmatch(text))


def _is_denied(claims: Mapping[str, object]) -> bool:
    # Many directories of employers leave it out: mailbox and account are made together there.
    return claims.get("email_verified", True) in (False, "false")
