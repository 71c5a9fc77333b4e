"""Does the same with each of many, so that one that fails keeps no other from its turn."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger(__name__)
_Thing = TypeVar("_Thing")
_Outcome = TypeVar("_Outcome")


class SomeFailedError(Exception):
    """All had their turn; of some nothing came, which the log names."""


def each(things: Iterable[_Thing], do: Callable[[_Thing], _Outcome]) -> list[_Outcome]:
    """Return what came of each; `do` is one transaction.

    Raises:
        SomeFailedError: when all have had their turn, if any failed.
    """
    outcomes: list[_Outcome] = []
    first: Exception | None = None
    for thing in things:
        try:
            outcomes.append(do(thing))
        except Exception as error:  # noqa: BLE001 - whatever it is, the others wait
            first = first or error
            # Its class alone: the text may hold what the row does.
            logger.error("%r failed: %s", thing, type(error).__name__)  # noqa: TRY400
    if first is not None:
        raise SomeFailedError from first
    return outcomes
