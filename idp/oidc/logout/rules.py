"""Whether a service's wish to sign somebody out is carried out, asked about, or already true."""

from dataclasses import dataclass
from enum import StrEnum


class Hint(StrEnum):
    """What became of the id_token_hint."""

    MISSING = "hint_missing"
    NOT_VERIFIED = "hint_not_verified"
    VERIFIED = "hint_verified"


class ReturnAddress(StrEnum):
    """What became of the post_logout_redirect_uri."""

    MISSING = "return_address_missing"
    NOT_REGISTERED = "return_address_not_registered"
    REGISTERED = "return_address_registered"


class Outcome(StrEnum):
    """What happens, by a name that is logged and shown to staff."""

    END_AND_RETURN = "logout_returned"
    END_AND_SHOW = "logout_shown"
    HINT_MISSING = "logout_hint_missing"
    HINT_NOT_VERIFIED = "logout_hint_not_verified"
    HINT_OF_ANOTHER_SESSION = "logout_hint_of_another_session"
    RETURN_ADDRESS_NOT_REGISTERED = "logout_return_address_not_registered"


ENDING = frozenset({Outcome.END_AND_RETURN, Outcome.END_AND_SHOW})


@dataclass(frozen=True)
class Facts:
    """All that the decision rests on; `hint_is_ours` means: of the session in this browser."""

    signed_in: bool
    hint: Hint
    hint_is_ours: bool
    return_address: ReturnAddress


def outcome(facts: Facts) -> Outcome:
    """Return what to do: anything but an ending is a question for the resident.

    A hint ends no session that this browser does not hold: whoever has an old ID token of somebody
    could sign them out. Nor is anybody sent to an address on the word of a query alone.
    """
    known = facts.hint is Hint.VERIFIED
    if known and facts.return_address is ReturnAddress.REGISTERED:
        ending = Outcome.END_AND_RETURN
    else:
        ending = Outcome.END_AND_SHOW
    return ending if not facts.signed_in else _question(facts) or ending


def _question(facts: Facts) -> Outcome | None:
    if facts.hint is Hint.MISSING:
        return Outcome.HINT_MISSING
    if facts.hint is Hint.NOT_VERIFIED:
        return Outcome.HINT_NOT_VERIFIED
    if not facts.hint_is_ours:
        return Outcome.HINT_OF_ANOTHER_SESSION
    if facts.return_address is ReturnAddress.NOT_REGISTERED:
        return Outcome.RETURN_ADDRESS_NOT_REGISTERED
    return None
