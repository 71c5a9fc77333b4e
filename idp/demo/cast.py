"""The demonstration's organisations, services and people: made up, but as a council would write.

Texts that a council's staff would type stay in English, as their own would stay in theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from accounts.assurance import Level
from clients.applications.registration import Addresses, Kind, Registration, ScopeWanted


@dataclass(frozen=True)
class Service:
    """A service and who runs it; `key` names it in demo.json and among the applications.

    `hears`: it is told what happens to accounts that it knows.
    """

    key: str
    name: str
    organisation: str
    scopes: tuple[ScopeWanted, ...]
    other_way: str
    level: Level = Level.ONE_FACTOR
    hears: bool = False

    def addresses(self, url: str) -> Addresses:
        """Return where browsers are sent back to, for a service served at this address."""
        return Addresses((f"{url}/callback",), (f"{url}/signed-out",))

    def notice(self, url: str) -> str:
        """Return where a service served at this address says what it does with details."""
        return f"{url}/privacy"

    def registration(self, url: str) -> Registration:
        """Return the registration of a service served at this address."""
        return Registration(
            name=self.name,
            slug=self.key,
            kind=Kind.WEB,
            live=True,
            addresses=self.addresses(url),
            scopes=self.scopes,
            home_url=f"{url}/",
            privacy_url=self.notice(url),
            other_way=self.other_way,
            minimum_level=self.level,
            receives_events=self.hears,
        )


class SecondWay(Enum):
    """What somebody has besides a password."""

    APP = "app"
    SHEET = "sheet"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; a couple may share a mailbox, never a sign-in name."""

    name: str
    sign_in_name: str
    address: str
    second_way: SecondWay | None = None


COUNCIL: Final = "council"
HUB: Final = "riverside-community-hub"
# Short name -> name; the council's own name is a setting.
PARTNERS: Final[Mapping[str, str]] = {HUB: "Riverside Community Hub"}

_BILLS: Final = "Six years with your bills, because accounts must be kept for so long"
_MEMBERS: Final = "While you are a member, and for a year after"
_CLAIMS: Final = "Six years after the last payment, because claims may be checked for so long"

SERVICES: Final = (
    Service(
        key="council-tax",
        name="Council Tax",
        organisation=COUNCIL,
        scopes=(
            ScopeWanted(
                "openid", "public_task", "To show you your own account and no other", _BILLS
            ),
            ScopeWanted("profile", "public_task", "To check that the bill is in your name", _BILLS),
            ScopeWanted(
                "email",
                "public_task",
                "To send your bills and reminders by email",
                "Until you ask for paper bills or move away",
            ),
            ScopeWanted(
                "offline_access",
                "public_task",
                "To use your new address on your next bill when you change it here",
                _BILLS,
            ),
        ),
        other_way=(
            "Ring the council tax team on 020 7946 0101, Monday to Friday, 9am to 5pm, or bring "
            "your last bill to the Town Hall."
        ),
        hears=True,
    ),
    Service(
        key="community-hub",
        name="Riverside Community Hub",
        organisation=HUB,
        scopes=(
            ScopeWanted("openid", "contract", "To find your membership", _MEMBERS),
            ScopeWanted("profile", "contract", "To put your name down for what you book", _MEMBERS),
            ScopeWanted(
                "email",
                "consent",
                "To tell you by email when a booking is moved",
                "Until you untick it in your account, or end your membership",
            ),
        ),
        other_way=(
            "Ring the hub on 020 7946 0202, or come to its front desk, any day from 10am to 4pm."
        ),
        hears=True,
    ),
    Service(
        key="housing-benefit",
        name="Housing Benefit",
        organisation=COUNCIL,
        scopes=(
            ScopeWanted(
                "openid", "public_task", "To show you your own claim and no other", _CLAIMS
            ),
            ScopeWanted(
                "profile", "public_task", "To check that the claim is in your name", _CLAIMS
            ),
            ScopeWanted(
                "email",
                "public_task",
                "To tell you when your payments change",
                "Until your claim ends",
            ),
        ),
        other_way=(
            "Ring the benefits team on 020 7946 0303, Monday to Friday, 9am to 5pm, or bring your "
            "letters to the Town Hall, where we fill in the form with you."
        ),
        level=Level.TWO_FACTORS,
    ),
)
PEOPLE: Final = (
    Person("Amara Okafor", "amara@example.com", "amara@example.com"),
    Person("Tom Whitfield", "whitfields@example.com", "whitfields@example.com"),
    Person("Joan Whitfield", "joan.whitfield", "whitfields@example.com"),
    Person("Priya Raman", "priya@example.com", "priya@example.com", SecondWay.APP),
    Person("George Ellis", "george@example.com", "george@example.com", SecondWay.SHEET),
)
