"""A look-up for demonstrations: two invented streets of a borough that does not exist."""

from collections.abc import Sequence

from accounts.profile.postal.lookup import FoundAddress

# No postcode area of the United Kingdom is called ZZ.
_STREETS = {
    "ZZ1 1AA": ("10000001", "Kingfisher Row", range(1, 9)),
    "ZZ1 2BB": ("10000002", "Old Tannery Lane", range(2, 25, 2)),
}
_TOWN = "Exampleham"


class DemoLookup:
    """Knows the addresses of the demonstration's postcodes, and no other."""

    def find(self, postcode: str) -> Sequence[FoundAddress]:
        """Return the invented addresses with this postcode."""
        if postcode not in _STREETS:
            return ()
        start, street, numbers = _STREETS[postcode]
        return tuple(
            FoundAddress(f"{start}{number:04}", (f"{number} {street}", _TOWN)) for number in numbers
        )
