"""What the pages say of test residents."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Account, Phone
from accounts.pages.moments import exact_time_of_day
from clients.models import TestResident
from clients.test_residents.cast import EXPECT, LABELS, Situation
from clients.test_residents.queries import SignInWith


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    number: int
    name: str
    sign_in_name: str
    situation: str | Promise


def listed(residents: list[TestResident]) -> list[Listed]:
    """Return the lines of the list."""
    return [_listed(row, row.account) for row in residents]


def _listed(row: TestResident, account: Account) -> Listed:
    situation = LABELS[Situation(row.situation)]
    return Listed(row.pk, account.full_name, account.sign_in_name, situation)


def expect(resident: TestResident) -> str | Promise:
    """Return what a service should expect of their situation."""
    return EXPECT[Situation(resident.situation)]


def signs_in_with(resident: TestResident, known: SignInWith) -> list[dict[str, Any]]:
    """Return what to type on the sign-in pages, as a summary list takes it."""
    until = exact_time_of_day(known.until)
    return [
        _row(_("Sign-in name"), _code(resident.account.sign_in_name)),
        _row(_("Password"), _code(known.password)),
        _row(
            _("Code now"),
            format_html("{} {}", _code(known.code), _("until {time}").format(time=until)),
        ),
        _row(_("Code after that"), _code(known.next_code)),
        _row(_("Secret, for an authenticator app"), _code(known.app_secret)),
    ]


def details(resident: TestResident) -> list[dict[str, Any]]:
    """Return their details, as a summary list takes them."""
    account = resident.account
    former = [_row(_("Former name"), account.former_name)] if account.former_name else []
    return [
        _row(_("Name"), account.full_name),
        *former,
        _row(_("Date of birth"), _day(account.date_of_birth)),
        _row(_("Phone number"), _phone(account)),
        _row(_("Address"), _lines(account)),
        _row(_("Account"), _status(account)),
    ]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else _("None")


def _phone(account: Account) -> str:
    phone = Phone.objects.filter(account=account).first()
    return phone.number if phone else _("None")


def _lines(account: Account) -> SafeString:
    address = account.postal_address
    lines = [*address.lines.splitlines(), address.postcode]
    return format_html_join("", "{}<br>", ((line,) for line in lines))


def _status(account: Account) -> str:
    return _("Frozen") if account.status == Account.Status.FROZEN else _("Can be used")


def _code(text: str) -> SafeString:
    return format_html('<code class="borough-code" dir="ltr">{}</code>', text)


def _row(key: str, value: str) -> dict[str, Any]:
    return {"key": {"text": key}, "value": {"html": format_html("{}", value)}}
