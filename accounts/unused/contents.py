"""What a letter and a text message say of the day on which an unused account closes."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.council.queries import council
from accounts.letters.contents import sender
from accounts.letters.delivery import Written
from accounts.letters.paper import Page
from accounts.letters.queries import lines_of
from accounts.models import Account, Letter, TextMessage
from accounts.pages.languages import language_for
from accounts.unused.queries import announced_day


def letter(row: Letter) -> Written | None:
    """Return the letter, if the account is still to close."""
    day = announced_day(row.account)
    if day is None:
        return None
    with translation.override(language_for(row.language)):
        return Written(_page(row.account, date_format(timezone.localtime(day), "j F Y")))


def text(row: TextMessage) -> str | None:
    """Return the text message, if the account is still to close."""
    day = announced_day(row.account)
    if day is None:
        return None
    with translation.override(language_for(row.language)):
        # No link: whoever gets used to following them in text messages follows a thief's.
        return _(
            "Nobody has signed in to your {service} account for years. It closes on {day}. To keep "
            "it, sign in once before then. Help: {phone}"
        ).format(
            service=council().service,
            day=date_format(timezone.localtime(day), "j F Y"),
            phone=council().phone,
        )


def _page(account: Account, day: str) -> Page:
    words = {
        "address": settings.ISSUER,
        "days": settings.CLOSED_FOR.days,
        "day": day,
        "hours": council().hours,
        "phone": council().phone,
        "service": council().service,
    }
    before = [
        _("Nobody has signed in to your {service} account for years. It closes on {day}."),
        _(
            "To keep it, sign in once before {day}, as you always do: go to {address} and choose "
            "“Sign in”. You need not do anything else."
        ),
        _(
            "If you do nothing, it closes, and you can have it back for {days} days by signing in. "
            "After that it is deleted for good."
        ),
    ]
    after = [
        _(
            "If you cannot sign in any more, call us on {phone}, {hours}. We can help you to get "
            "back in."
        ),
        _("We will never ask you for your password, and never ring you to ask for a code."),
    ]
    return Page(
        sender=sender(),
        address=lines_of(account),
        heading=_("Your account closes on {day} unless you sign in").format(day=day),
        before=[line.format(**words) for line in before],
        after=[line.format(**words) for line in after],
    )
