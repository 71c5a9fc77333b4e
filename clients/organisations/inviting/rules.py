"""Whether an invitation may be made or taken."""

from datetime import datetime
from enum import StrEnum
from typing import Final

# Whoever needs more invites the rest once some have answered.
OPEN_AT_ONCE: Final = 50


class InvitingProblem(StrEnum):
    """Why nobody was invited."""

    NO_OWNER = "inviter_is_no_owner"
    MEMBER = "is_a_member"
    INVITED = "is_invited"
    TOO_MANY = "too_many_open"


class TakingProblem(StrEnum):
    """Why an invitation does not make somebody a member; its reader is told none of them."""

    ENDED = "invitation_ended"
    EXPIRED = "invitation_expired"
    ADDRESS = "invitation_of_another_address"
    MADE_UP = "invitation_of_a_made_up_person"


def inviting_problem(
    *, may_invite: bool, is_member: bool, is_invited: bool, open_ones: int
) -> InvitingProblem | None:
    """Return why an address may not be invited, if so.

    `may_invite`: whoever invites is an owner still.
    """
    if not may_invite:
        return InvitingProblem.NO_OWNER
    if is_member:
        return InvitingProblem.MEMBER
    if is_invited:
        return InvitingProblem.INVITED
    return InvitingProblem.TOO_MANY if open_ones >= OPEN_AT_ONCE else None


def taking_problem(
    *,
    ended: bool,
    expires_at: datetime,
    reads_address: bool,
    is_made_up: bool,
    now: datetime,
) -> TakingProblem | None:
    """Return why the account may not take the invitation, if so.

    A link may be forwarded or found: what counts is that the account confirmed the address.
    """
    if is_made_up:
        return TakingProblem.MADE_UP
    if not reads_address:
        return TakingProblem.ADDRESS
    if ended:
        return TakingProblem.ENDED
    return TakingProblem.EXPIRED if expires_at <= now else None
