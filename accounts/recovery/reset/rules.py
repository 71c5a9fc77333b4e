"""What a request for a new password is answered with, by mail alone."""

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """The mail that goes out; the page is the same for all of them."""

    LINK = "link"
    SHARED_ADDRESS = "shared_address"
    NO_PASSWORD = "no_password"
    NOT_POSSIBLE = "not_possible"
    NO_ACCOUNT = "no_account"
    NOBODY = "nobody"
    ENOUGH = "enough"


class Outcome(StrEnum):
    """What a new password did."""

    CHANGED = "changed"
    LINK_DEAD = "link_dead"


@dataclass(frozen=True)
class Found:
    """The account that was meant.

    `shared`: several accounts read its mailbox, so that reading it says nothing of whose it is.
    `is_open`: neither stopped nor held by a recovery a short while ago.
    """

    shared: bool
    is_open: bool
    has_password: bool


def answer(found: Found | None, *, is_address: bool) -> Answer:
    """Return the answer for what was typed; `is_address`: mail may go there."""
    if found is None:
        return Answer.NO_ACCOUNT if is_address else Answer.NOBODY
    if found.shared:
        return Answer.SHARED_ADDRESS
    if not found.is_open:
        return Answer.NOT_POSSIBLE
    # A mailbox replaces a password; it never adds one to an account that did without.
    return Answer.LINK if found.has_password else Answer.NO_PASSWORD
