"""Counting tries against limits."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from limits import RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter

from accounts.limits.storage import DatabaseStorage
from accounts.limits.table import Exemption, Limit
from accounts.security import keyed_hash

_storage = DatabaseStorage()
_limiter = FixedWindowRateLimiter(_storage)


@dataclass(frozen=True)
class Verdict:
    """Whether a try is allowed, and if not, how long none is and by which limit."""

    wait: timedelta = timedelta(0)
    limit: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the caller may go on."""
        return not self.wait


ALLOWED = Verdict()


class OverLimitError(Exception):
    """Something was tried too often; its page asks to wait, whichever view it is."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("over a limit")
        self.verdict = verdict


def hit(limit: Limit, *keys: str) -> Verdict:
    """Count one try, in its own statement, and say whether it is within the limit.

    Call it outside a transaction, before any costly work: a count that rolls back limits nothing.
    """
    if not settings.LIMITS_ENABLED or _limiter.hit(_item(limit), _identifier(limit, keys)):
        return ALLOWED
    return _blocked(limit, keys)


def hit_all(*tries: tuple[Limit, tuple[str, ...]]) -> Verdict:
    """Count one try against each limit, whatever the others say; the longest wait wins."""
    return max((hit(limit, *keys) for limit, keys in tries), key=lambda verdict: verdict.wait)


def peek(limit: Limit, *keys: str) -> Verdict:
    """Say whether a try would be within the limit, without counting one."""
    if not settings.LIMITS_ENABLED or _limiter.test(_item(limit), _identifier(limit, keys)):
        return ALLOWED
    return _blocked(limit, keys)


def clear(limit: Limit, *keys: str) -> None:
    """Forget the tries: whoever made them has shown that they may."""
    _limiter.clear(_item(limit), _identifier(limit, keys))


def remember(exemption: Exemption, *keys: str) -> None:
    """Let whoever has these keys through from now on, for as long as the exemption lasts."""
    _storage.incr(_identifier(exemption, keys), int(exemption.lasts.total_seconds()))


def is_known(exemption: Exemption, *keys: str) -> bool:
    """Say whether these keys are remembered."""
    return _storage.get(_identifier(exemption, keys)) > 0


def forget(exemption: Exemption, *keys: str) -> None:
    """Remember these keys no longer."""
    _storage.clear(_identifier(exemption, keys))


def _blocked(limit: Limit, keys: tuple[str, ...]) -> Verdict:
    window = _limiter.get_window_stats(_item(limit), _identifier(limit, keys))
    seconds = window.reset_time - timezone.now().timestamp()
    return Verdict(max(timedelta(seconds=seconds), timedelta(seconds=1)), limit.name)


def _item(limit: Limit) -> RateLimitItemPerSecond:
    # The amount and window are part of the counter's key: a changed limit counts from nothing.
    return RateLimitItemPerSecond(limit.amount, int(limit.window.total_seconds()), "limit")


def _identifier(limit: Limit | Exemption, keys: tuple[str, ...]) -> str:
    if len(keys) != len(limit.counts_by):
        message = f"{limit.name} counts by {limit.counts_by}"
        raise TypeError(message)
    return keyed_hash.digest(f"limit-{limit.name}", "\0".join(keys))
