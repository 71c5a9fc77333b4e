"""What a request for a new password is answered with, by mail alone."""

from enum import StrEnum


class Answer(StrEnum):
    """The mail that goes out; the page is the same for all of them."""

    LINK = "link"
    SHARED_ADDRESS = "shared_address"
    NOT_POSSIBLE = "not_possible"
    NO_ACCOUNT = "no_account"
    NOBODY = "nobody"


class Outcome(StrEnum):
    """What a new password did."""

    CHANGED = "changed"
    LINK_DEAD = "link_dead"


def answer(*, found: bool, shared: bool, active: bool, is_address: bool) -> Answer:
    """Return the answer for what was typed.

    `shared`: several accounts read the mailbox, so that reading it says nothing of whose it is.
    """
    if not found:
        return Answer.NO_ACCOUNT if is_address else Answer.NOBODY
    if shared:
        return Answer.SHARED_ADDRESS
    return Answer.LINK if active else Answer.NOT_POSSIBLE
