"""Who the test residents are: one in each situation that a service should have been tried in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import TestResident

Situation = TestResident.Situation


@dataclass(frozen=True)
class Part:
    """What is known of one; `age` is in whole years on the day that they are made.

    Numbers are of Ofcom's range for drama: nobody ever has them.
    """

    full_name: str
    age: int
    phone: str
    address: str
    postcode: str
    former_name: str = ""

    @property
    def first_name(self) -> str:
        """What their sign-in name begins with."""
        return self.full_name.split()[0].lower()

    def born(self, today: date) -> date:
        """Return their date of birth."""
        return date(today.year - self.age, 1, 15)


CAST: Final[Mapping[Situation, Part]] = {
    Situation.ORDINARY: Part(
        "Maya Example", 42, "+447700900101", "1 Test Street\nExampleham", "ZZ99 3WZ"
    ),
    Situation.NO_PHONE: Part("Edwin Example", 77, "", "2 Test Street\nExampleham", "ZZ99 3WZ"),
    Situation.TWO_NAMES: Part(
        "Priya Example-Shah",
        35,
        "+447700900103",
        "Flat 3\n3 Test Street\nExampleham",
        "ZZ99 3WZ",
        former_name="Priya Shah",
    ),
    Situation.STOPPED_SHARING: Part(
        "Owen Example", 51, "+447700900104", "4 Test Street\nExampleham", "ZZ99 3WZ"
    ),
    Situation.FROZEN: Part(
        "Grace Example", 63, "+447700900105", "5 Test Street\nExampleham", "ZZ99 3WZ"
    ),
    Situation.UNDER_18: Part(
        "Leo Example", 15, "+447700900106", "6 Test Street\nExampleham", "ZZ99 3WZ"
    ),
}
LABELS: Final[Mapping[Situation, Promise]] = {
    Situation.ORDINARY: _("Ordinary: every detail is there"),
    Situation.NO_PHONE: _("No phone number"),
    Situation.TWO_NAMES: _("Two names: shares a former name too"),
    Situation.STOPPED_SHARING: _("Stopped sharing with your sandbox applications"),
    Situation.FROZEN: _("Frozen: nothing works until they unfreeze their account"),
    Situation.UNDER_18: _("Under 18: gives no detail that is theirs to choose"),
}
EXPECT: Final[Mapping[Situation, Promise]] = {
    Situation.ORDINARY: _("Signs in, and is asked what to share the first time."),
    Situation.NO_PHONE: _(
        "Signs in. The claim phone_number is missing, so your service must not need it."
    ),
    Situation.TWO_NAMES: _("Signs in. The claim also_known_as comes with the name."),
    Situation.STOPPED_SHARING: _(
        "Shared once and stopped: is asked anew, and prompt=none answers consent_required."
    ),
    Situation.FROZEN: _(
        "Is told that the account is frozen, and may unfreeze it with the code. Until then your "
        "service gets nothing."
    ),
    Situation.UNDER_18: _("Signs in. The sharing page offers no choices to somebody so young."),
}
