"""A limit that others have used up."""

from accounts.limits import operations as limits
from accounts.limits.table import Limit


def fill(limit: Limit, *keys: str) -> None:
    """Let the limit be used up, by one statement instead of by thousands."""
    item, key = limits._item(limit), limits._identifier(limit, keys)  # noqa: SLF001
    limits._limiter.hit(item, key, cost=limit.amount)  # noqa: SLF001
