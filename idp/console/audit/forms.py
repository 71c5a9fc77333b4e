"""What auditors search for, and of which days they want an export."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from accounts.audit.actor import ActorKind
from accounts.audit.events import Event
from accounts.audit.searching.queries import Wanted
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from accounts.security.tokens import READABLE
from idp.console.audit import queries
from idp.console.audit.wording import ACTORS, event_words

_ANY: Final = ("", _("Any"))
_HELP_CODE_LENGTH: Final = 8
# A worker of the web server is busy for as long as somebody downloads.
MOST_DAYS: Final = 366


def _events() -> list[tuple[str, object]]:
    named = sorted((event_words(event), event.value) for event in Event)
    return [_ANY, *((value, f"{words} ({value})") for words, value in named)]


def _box(width: str = "20") -> forms.TextInput:
    attrs = {"autocomplete": "off", "spellcheck": False, "class": f"govuk-input--width-{width}"}
    return forms.TextInput(attrs=attrs)


class SearchForm(GovukForm):
    """All that is filled in counts together."""

    event = forms.ChoiceField(
        label=_("What happened"),
        required=False,
        choices=_events,
        error_messages={"invalid_choice": _("Choose what happened from the list")},
    )
    actor_kind = forms.ChoiceField(
        label=_("Who did it"),
        required=False,
        choices=[_ANY, *ACTORS.items()],
        error_messages={"invalid_choice": _("Choose who did it from the list")},
    )
    actor = forms.CharField(
        label=_("Who did it, by address or id"),
        help_text=_("A work email address of the staff, an account’s id, or a client_id"),
        required=False,
        max_length=254,
        widget=_box(),
    )
    account_id = forms.CharField(
        label=_("Whose account"),
        help_text=_("Its id, such as 5f0c2b1e-0d5e-4d9b-9a53-2f2f0c6f7a10"),
        required=False,
        max_length=64,
        widget=_box(),
    )
    case_reference = forms.CharField(
        label=_("Case reference"), required=False, max_length=40, widget=_box("10")
    )
    help_code = forms.CharField(
        label=_("Help code"), required=False, max_length=40, widget=_box("10")
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_("Its id, or the name that its pages have in their addresses"),
        required=False,
        max_length=64,
        widget=_box(),
    )
    application = forms.CharField(
        label=_("Application"),
        help_text=_("Its client_id, or the name that its pages have in their addresses"),
        required=False,
        max_length=64,
        widget=_box(),
    )
    since = DateInputField(label=_("From this day on"), called=_("First day"), required=False)
    until = DateInputField(label=_("To the end of"), called=_("Last day"), required=False)

    def clean_account_id(self) -> UUID | None:
        """Return the id, which may be that of an account that is gone."""
        typed = self.cleaned_data["account_id"]
        try:
            return UUID(typed) if typed else None
        except ValueError:
            message = _("Enter an account’s id: 32 digits and letters with hyphens")
            raise ValidationError(message) from None

    def clean_help_code(self) -> str:
        """Return the code as events have it."""
        typed = self.cleaned_data["help_code"]
        letters = [letter for letter in typed.upper() if letter not in " -"]
        if typed and (len(letters) != _HELP_CODE_LENGTH or not set(letters) <= set(READABLE)):
            message = _("A help code has eight letters and digits, such as CDFG-3467")
            raise ValidationError(message)
        return "".join(letters)

    def clean_actor(self) -> str:
        """Return the id that events name the actor by."""
        typed: str = self.cleaned_data["actor"]
        found = queries.actor_id(typed)
        if typed and not found:
            raise ValidationError(_("Nobody of the staff has, or had, this work email address"))
        return found

    def clean_organisation(self) -> UUID | None:
        """Return the organisation's id, also of one that is gone."""
        typed: str = self.cleaned_data["organisation"]
        found = queries.organisation_id(typed)
        if typed and found is None:
            raise ValidationError(_("There is no such organisation. Enter its id if it is gone"))
        return found

    def clean_application(self) -> str:
        """Return the application's client_id, also of one that is gone."""
        return queries.client_id(self.cleaned_data["application"])

    def clean(self) -> dict[str, Any]:
        """Ask for one thing at least, and for days in their order."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not any(found.values()):
            raise ValidationError(_("Enter at least one thing to search for"))
        _check_order(self, found)
        return found

    def wanted(self) -> Wanted:
        """Return what to search for, of a form that is valid."""
        typed = self.cleaned_data
        return Wanted(
            account_id=typed["account_id"],
            organisation_id=typed["organisation"],
            application_id=typed["application"],
            event=Event(typed["event"]) if typed["event"] else None,
            actor_kind=ActorKind(typed["actor_kind"]) if typed["actor_kind"] else None,
            actor_id=typed["actor"],
            help_code=typed["help_code"],
            case_reference=typed["case_reference"],
            since=_beginning(typed["since"]),
            until=_end(typed["until"]),
        )


class ExportForm(GovukForm):
    """Of which days."""

    since = DateInputField(
        label=_("First day"),
        called=_("First day"),
        error_messages={"required": _("Enter the first day")},
    )
    until = DateInputField(
        label=_("Last day"),
        called=_("Last day"),
        error_messages={"required": _("Enter the last day")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days out of order, and too many of them."""
        found = super().clean() or self.cleaned_data
        first, last = found.get("since"), found.get("until")
        if not _check_order(self, found) and first and last and (last - first).days > MOST_DAYS:
            self.add_error("until", str(_("Choose a year at most, and download the rest apart")))
        return found

    def span(self) -> tuple[datetime, datetime]:
        """Return the first moment and the first one after the last day, of a form that is valid."""
        first, last = self.cleaned_data["since"], self.cleaned_data["until"]
        return _start(first), _start(last + timedelta(days=1))


def _check_order(form: GovukForm, found: dict[str, Any]) -> bool:
    """Say whether days were refused, and why at the field."""
    first, last = found.get("since"), found.get("until")
    if last and last > localdate():
        form.add_error("until", str(_("The last day must be today or earlier")))
    elif first and last and first > last:
        form.add_error("until", str(_("The last day must not be before the first day")))
    elif first and first > localdate():
        form.add_error("since", str(_("The first day must be today or earlier")))
    return bool({"since", "until"} & set(form.errors))


def _beginning(day: date | None) -> datetime | None:
    return _start(day) if day else None


def _end(day: date | None) -> datetime | None:
    return _start(day + timedelta(days=1)) if day else None


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
