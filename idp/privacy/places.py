"""The two places where services are shown: the open list, and the one kept out of sight."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Place:
    """One of both: pages about a service lead only to pages in the same."""

    private: bool

    def address(self, page: str, service: str = "") -> str:
        """Return the address of a page here, of this service if one is named."""
        name = f"privacy:{page}_private" if self.private else f"privacy:{page}"
        return reverse(name, args=[service] if service else [])

    def separate(self, service: str, number: int) -> str:
        """Return the address where one earlier account with this service is separated."""
        name = "privacy:separate_private" if self.private else "privacy:separate"
        return reverse(name, args=[service, number])

    def receipts(self, service: str) -> str:
        """Return the address of the receipts of this service."""
        name = "receipts:private_list" if self.private else "receipts:list"
        return reverse(name, args=[service])

    @property
    def services(self) -> str:
        """The address of the list itself."""
        return reverse("privacy:private" if self.private else "privacy:services")

    @property
    def blocked(self) -> str:
        """The address of the list of what is blocked."""
        return reverse("privacy:private" if self.private else "privacy:blocked")


OPEN = Place(private=False)
PRIVATE = Place(private=True)
