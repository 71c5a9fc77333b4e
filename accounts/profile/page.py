"""What the account page shows: what the account holds, who says so, and where to change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.closing import queries as closings
from accounts.models import Account, PostalAddress, Session
from accounts.names.phone_numbers import spoken
from accounts.profile.details.forms import languages
from accounts.profile.emails import queries as emails
from accounts.profile.phone import queries as phones
from accounts.profile.phone.rules import Standing
from accounts.profile.phone.wording import STANDING
from accounts.profile.postal import rules as postal
from accounts.sessions import queries as sessions


@dataclass(frozen=True)
class Known:
    """One thing that the account holds: its lines, and who says so."""

    lines: list[str]
    provenance: str | Promise = ""


def words(session: Session) -> dict[str, Any]:
    """Return everything that the page shows."""
    account = session.account
    phone = phones.of_account(account)
    return {
        "details": _details(account),
        "signing_in": _signing_in(session),
        "links": _links(account),
        "closing": closings.waiting(account),
        "data_links": settings.ACCOUNT_DATA_LINKS,
        "asks_for_phone": phone is not None and phones.standing(phone) is Standing.ASK_AGAIN,
    }


def _links(account: Account) -> list[tuple[str, Promise]]:
    left_out: tuple[str, ...] = ()
    if emails.shares_mailbox(account):
        left_out += settings.ACCOUNT_LINKS_UNLESS_SHARED
    if not account.has_password:
        left_out += settings.ACCOUNT_LINKS_WITH_PASSWORD
    left_out += tuple(
        name for name, concerns in settings.ACCOUNT_LINKS_IF.items() if not _says(concerns, account)
    )
    return [(name, text) for name, text in settings.ACCOUNT_LINKS if name not in left_out]


def _says(path: str, account: Account) -> bool:
    concerns: Callable[[Account], bool] = import_string(path)
    return concerns(account)


def _details(account: Account) -> list[dict[str, Any]]:
    stated = _provenance(account.full_name_checked_at)
    rows = [_row(_("Name"), Known([account.full_name], stated), "profile:name")]
    if account.former_name:
        shown = _("Services see it") if account.shares_former_name else _("Nobody sees it")
        former = Known([account.former_name], shown)
        rows.append(_row(_("Former name"), former, "profile:former_name"))
    rows += [
        _row(_("Date of birth"), _birth(account), "profile:date_of_birth"),
        _row(_("Address"), _address(account), "profile:find_address"),
        _row(_("Phone number"), _phone(account), "profile:phone"),
        _row(_("Email addresses"), _emails(account), "profile:emails"),
    ]
    if len(settings.LANGUAGES) > 1:
        language = dict(languages()).get(account.language, account.language)
        rows.append(_row(_("Language"), Known([language]), "profile:language"))
    return rows


def _signing_in(session: Session) -> list[dict[str, Any]]:
    places = len(sessions.of_account(session.account))
    return [
        _row(_("Sign-in name"), Known([session.account.sign_in_name])),
        _row(_("Where you are signed in"), Known([_places(places)]), "sessions:places", _("See")),
    ]


def _birth(account: Account) -> Known | None:
    if account.date_of_birth is None:
        return None
    day = date_format(account.date_of_birth, "j F Y")
    return Known([day], _provenance(account.date_of_birth_checked_at))


def _address(account: Account) -> Known | None:
    row = PostalAddress.objects.filter(account=account).first()
    if row is None:
        return None
    text = _("No fixed address") if row.no_fixed_address else ""
    lines = (text or postal.formatted(row.lines, row.postcode)).split("\n")
    return Known(lines, _unsafe(row.unsafe_since) or _provenance(row.checked_at))


def _phone(account: Account) -> Known | None:
    phone = phones.of_account(account)
    if phone is None:
        return None
    standing = STANDING[phones.standing(phone)]
    return Known([spoken(phone.number)], _unsafe(phone.unsafe_since) or standing)


def _emails(account: Account) -> Known:
    return Known([row.address for row in emails.addresses(account)])


def _provenance(checked_at: datetime | None) -> str:
    if checked_at is None:
        return _("You told us this")
    day = date_format(localtime(checked_at), "j F Y")
    return _("Checked by the council on {day}").format(day=day)


def _unsafe(since: datetime | None) -> str:
    return _("Unsafe: we send nothing there") if since else ""


def _row(label: str, known: Known | None, page: str = "", verb: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {"key": {"text": label}, "value": {"html": _value(known)}}
    if page:
        text = verb or (_("Change") if known else _("Add"))
        action = {"href": reverse(page), "text": text, "visuallyHiddenText": label.lower()}
        row["actions"] = {"items": [action]}
    return row


def _value(known: Known | None) -> str:
    if known is None:
        return format_html('<span class="govuk-hint">{}</span>', _("Not given"))
    # A name may be in a script that runs the other way.
    lines = format_html_join("", "<div><bdi>{}</bdi></div>", ((line,) for line in known.lines))
    if not known.provenance:
        return lines
    return format_html('{}<div class="govuk-hint">{}</div>', lines, known.provenance)


def _places(browsers: int) -> str:
    others = browsers - 1
    if others < 1:
        return _("In this browser only")
    return ngettext(
        "In this browser and {count} other", "In this browser and {count} others", others
    ).format(count=others)
