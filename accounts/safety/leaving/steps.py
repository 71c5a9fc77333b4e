"""Which questions the guide asks, in which order."""

from enum import StrEnum

from accounts.assurance import lasting_level_of, methods_in
from accounts.mfa.queries import methods_of, set_aside_of
from accounts.mfa.rules import level_to_change
from accounts.models import Leaving, Session
from accounts.safety import queries
from accounts.safety.channels import channels_of
from accounts.safety.leaving.choices import places_of, ways_of
from accounts.safety.rules import Refusal


class Step(StrEnum):
    """A question; each way to reach the account's owner has one more, named by its key."""

    DEVICE = "device"
    PLACES = "signed-in"
    WAYS = "ways-to-sign-in"
    ADDRESS = "new-email"
    CODE = "code"
    PASSWORD = "password"
    MAILS = "emails"
    FREEZE = "freeze"


def order(session: Session, leaving: Leaving) -> list[str]:
    """Return the names of the questions that there are for this account."""
    account = session.account
    asked: list[str] = [Step.DEVICE]
    if places_of(session):
        asked.append(Step.PLACES)
    if ways_of(account) and may_remove_ways(session):
        asked.append(Step.WAYS)
    if why_no_channels(session) is None:
        asked += [channel.key for channel in channels_of(account) if not channel.is_unsafe]
        asked.append(Step.ADDRESS)
        if leaving.address:
            asked.append(Step.CODE)
    if account.has_password:
        asked.append(Step.PASSWORD)
    return [*asked, Step.MAILS, Step.FREEZE]


def why_no_channels(session: Session) -> Refusal | None:
    """Return why this session may not change how its owner is reached, however fresh it is."""
    refusal = queries.refusal_of(session)
    # The guide may take longer than a sign-in stays fresh; its end asks for a fresh one.
    return None if refusal is Refusal.NOT_FRESH else refusal


def may_remove_ways(session: Session) -> bool:
    """Say whether this session may stop ways to sign in: an old second way will do for a passkey.

    The passkey may be on the tablet that somebody else has now.
    """
    account = session.account
    highest = level_to_change(methods_of(account), set_aside_of(account))
    is_highest = lasting_level_of(methods_in(session.proofs)) >= highest
    return is_highest or why_no_channels(session) is None
