"""The council's values and what is wrong with them, as the service owner reads it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.council import colours
from accounts.council.rules import LONGEST, MOST_LINES, Detail, Problem

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: "Final[Mapping[Detail, StrPromise]]" = {
    Detail.NAME: _("Name of the council"),
    Detail.SERVICE: _("Name of this service"),
    Detail.COLOUR: _("Main colour"),
    Detail.LINK_COLOUR: _("Colour of links"),
    Detail.PHONE: _("Phone number"),
    Detail.HOURS: _("Hours of the phone"),
    Detail.EMAIL: _("Email address"),
    Detail.ADDRESS: _("Postal address"),
    Detail.COUNTERS: _("Counters"),
    Detail.WEBSITE: _("The council’s website"),
    Detail.ACCESSIBILITY_CONTACT: _("Accessibility contact"),
    Detail.DATA_PROTECTION_CONTACT: _("Data protection contact"),
    Detail.PRIVACY_NOTICE: _("The council’s own privacy notice"),
}
HINTS: "Final[Mapping[Detail, StrPromise]]" = {
    Detail.NAME: _("At the top of every page and mail"),
    Detail.SERVICE: _("What residents sign in to, and whom mails are from"),
    Detail.COLOUR: _("The bar at the top and buttons in mails, such as #00534c"),
    Detail.LINK_COLOUR: _("Such as #00534c. It must be easy to read on white"),
    Detail.PHONE: _("On every page and in every mail, for whoever needs help"),
    Detail.HOURS: _("When somebody answers, such as Monday to Friday, 9am to 5pm"),
    Detail.ADDRESS: _("On one line, with commas"),
    Detail.COUNTERS: _("Where residents can see somebody, and when: one place on each line"),
    Detail.WEBSITE: _("Begins with https://"),
    Detail.ACCESSIBILITY_CONTACT: _("The email address in the accessibility statement"),
    Detail.DATA_PROTECTION_CONTACT: _("The email address in the privacy notice"),
    Detail.PRIVACY_NOTICE: _("Begins with https://. Our own page about privacy leads there too"),
}
_SENTENCES: "Final[Mapping[Problem, StrPromise]]" = {
    Problem.MISSING: _("{label}: enter it"),
    Problem.TOO_LONG: _("{label}: {longest} characters or fewer"),
    Problem.TOO_MANY_LINES: _("{label}: {lines} lines or fewer"),
    Problem.NOT_PLAIN: _("{label}: use letters, numbers and signs that can be seen"),
    Problem.NOT_A_PHONE: _("{label}: enter a phone number with its area code, like 020 7946 0000"),
    Problem.COSTS_EXTRA: _(
        "{label}: choose a number that costs nothing extra, such as one that begins with 01, 02 or "
        "03. This one is charged at a premium rate"
    ),
    Problem.NOT_AN_EMAIL: _("{label}: enter an email address, like name@example.com"),
    Problem.NOT_A_WEBSITE: _("{label}: enter an address that begins with https://"),
    Problem.NOT_A_COLOUR: _("{label}: enter # and six of 0 to 9 and a to f, like #00534c"),
    Problem.TOO_PALE: _(
        "{label}: choose a darker colour. Its contrast is {contrast} to 1 where text is read, and "
        "must be {least} to 1 or more"
    ),
}
NOTHING_CHANGED: Final = _("You have changed nothing: everybody sees this already")
CHANGED_MEANWHILE: Final = _(
    "{who} published changes at {at}. What you typed is kept: look at it once more"
)
CHANGED_TOO: Final = _("{label}: {who} changed it too, to “{value}”")
SOMEBODY: Final = _("Somebody who has left")


def sentence(detail: Detail, problem: Problem, *, contrast: float = 0) -> "StrPromise | str":
    """Return what is wrong with a value; `contrast` is of a colour that is too pale."""
    lines = MOST_LINES if detail is Detail.COUNTERS else 1
    return format_lazy(
        _SENTENCES[problem],
        label=LABELS[detail],
        longest=LONGEST[detail],
        lines=lines,
        # Cut, not rounded: 4.46 is not enough, and must not be called 4.5.
        contrast=int(contrast * 10) / 10,
        least=colours.LEAST_CONTRAST,
    )
