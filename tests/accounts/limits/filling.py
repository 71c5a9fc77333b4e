"""A limit that others have used up."""

from accounts.limits import operations as limits
from accounts.limits.table import Limit


def fill(limit: Limit, *keys: str, but: int = 0) -> None:
    """Let the limit be used up, but for some tries, by one statement instead of by thousands."""
    item, key = limits._item(limit), limits._identifier(limit, keys)  # noqa: SLF001
    limits._limiter.hit(item, key, cost=limit.amount - but)  # noqa: SLF001
