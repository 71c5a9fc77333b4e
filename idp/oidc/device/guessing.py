"""Limits on typing codes; `README.md` says how likely the guess is that they allow."""

from accounts.limits.operations import OverLimitError, hit, hit_all
from accounts.limits.table import (
    DEVICE_CODE,
    DEVICE_CODE_DAILY,
    DEVICE_CODE_FIRST,
    DEVICE_CODE_NETWORK,
    DEVICE_CODE_SITE,
)


def count(*, account: str, network: str) -> None:
    """Count one code that this account's owner typed, right or wrong, before it is looked up.

    An account's first of the day is never refused for what others typed: strangers who fill the
    limits of a library or of all keep nobody out.

    Raises:
        OverLimitError: there were too many.
    """
    verdict = hit_all((DEVICE_CODE, (account,)), (DEVICE_CODE_DAILY, (account,)))
    if verdict.allowed and not hit(DEVICE_CODE_FIRST, account).allowed:
        verdict = hit_all((DEVICE_CODE_NETWORK, (network,)), (DEVICE_CODE_SITE, ()))
    if not verdict.allowed:
        raise OverLimitError(verdict)
