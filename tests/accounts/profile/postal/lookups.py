"""Look-ups as councils might write them."""

import time
from collections.abc import Sequence

from accounts.profile.postal.lookup import FoundAddress


class Failing:
    """Cannot reach its service, and says whose address it was."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        message = f"no route to the gazetteer for {postcode}"
        raise OSError(message)


class Hanging:
    """Takes longer than anybody waits."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        del postcode
        time.sleep(1)
        return ()


class Odd:
    """Answers with things that are no addresses, and one that is."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        del postcode
        return (
            FoundAddress("1", ()),
            FoundAddress("x", ("1 High Street",)),
            FoundAddress("1" * 13, ("1 High Street",)),
            FoundAddress("2", ("1 High\nStreet",)),
            FoundAddress("3", ("x" * 501,)),
            FoundAddress("4", ("4 High Street", "Exampleham")),
        )
