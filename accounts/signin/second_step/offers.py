"""Which ways a pending sign-in may go on by."""

from dataclasses import dataclass

from accounts.assurance import Level, Method, lasting_level_of, level_of, methods_in
from accounts.mfa.queries import METHOD_OF, Kind, methods_of, usable
from accounts.models import Account, PendingSignIn

# The page of each way. A way without one is not offered.
PAGES = {
    Method.APP: "signin:second_step_app",
    Method.CODE_SHEET: "signin:second_step_code_sheet",
    Method.RECOVERY_CODE: "signin:second_step_recovery_code",
}


@dataclass(frozen=True)
class Offer:
    """One way to go on, and the name of its page."""

    method: Method
    page: str


def offers(flow: PendingSignIn, account: Account) -> list[Offer]:
    """Return the ways that lead far enough, the one used last first."""
    available, proved = methods_of(account), methods_in(flow.proofs)
    target = Level(flow.level)
    if flow.at_highest_level:
        target = max(target, lasting_level_of(available))
    enough = min(target, level_of(available))
    by_use = (METHOD_OF[Kind(way.kind)] for way in usable(account))
    return [
        Offer(method, PAGES[method])
        for method in dict.fromkeys(by_use)
        if method in PAGES and level_of(proved | {method}) >= max(enough, Level.TWO_FACTORS)
    ]
