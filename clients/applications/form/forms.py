"""What is asked about a new application."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from clients.applications.form.starting import starting
from clients.applications.form.wording import KIND_HINTS, KIND_QUESTIONS, told
from clients.applications.registration import Kind, Registration
from clients.applications.rules import Finding
from clients.organisations.rules import LONGEST_NAME

_LONGEST_LIST = 4000


class KindForm(GovukForm):
    """What kind of application it is."""

    kind = forms.ChoiceField(
        label=_("What kind of application is it?"),
        choices=tuple(KIND_QUESTIONS.items()),
        widget=forms.RadioSelect,
        initial=Kind.WEB,
        error_messages={
            "required": _("Choose what kind of application it is"),
            "invalid_choice": _("Choose what kind of application it is"),
        },
    )
    choice_hints = {"kind": KIND_HINTS}


class LinesField(forms.CharField):
    """Several texts, one a line; empty lines do not count."""

    def __init__(self, *, rows: int = 3, **kwargs: object) -> None:
        widget = forms.Textarea(
            attrs={"rows": rows, "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        )
        super().__init__(max_length=_LONGEST_LIST, strip=False, widget=widget, **kwargs)  # type: ignore[arg-type]

    def prepare_value(self, value: object) -> object:
        """Return the texts as they stand in the box."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: object) -> str:
        """Return what was typed, with no tab or space changed inside a line."""
        return str(value or "")

    def clean(self, value: object) -> tuple[str, ...]:
        """Return the texts."""
        typed = str(super().clean(value))
        # Only what ends a line in a text box, so that no other separator hides inside an address.
        lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        kept = tuple(line.strip(" ") for line in lines if line.strip(" "))
        if self.required and not kept:
            raise ValidationError(self.error_messages["required"], code="required")
        return kept


class FoundForm(GovukForm):
    """A form whose answers the rules of registrations judge; each reason stands at its field."""

    # part of a registration -> field; what has none stands above the form
    places: dict[str, str] = {}

    def note(self, findings: Iterable[Finding]) -> None:
        """Show why the answers were refused."""
        told_at: dict[str | None, list[str]] = {}
        for finding in findings:
            place = self.places.get(finding.part, finding.part)
            field = place if place in self.fields else None
            several = field is not None and isinstance(self.fields[field], LinesField)
            told_at.setdefault(field, []).append(told(finding, with_value=several))
        for field, reasons in told_at.items():
            # A page shows one message at a field.
            self.add_error(field, "; ".join(dict.fromkeys(reasons)))


class ApplicationForm(FoundForm):
    """A new application that browsers return to."""

    places = {"redirect_uri": "redirect_uris"}

    name = forms.CharField(
        label=_("Name of the application"),
        help_text=_("Residents read it when they sign in and when they share their details."),
        # The rules say in words what is too long.
        max_length=4 * LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the name of the application"),
            "max_length": _("The name must be 100 characters or fewer"),
        },
    )
    redirect_uris = LinesField(
        label=_("Redirect URIs"),
        help_text=_(
            "Where residents come back to after signing in, such as "
            "http://localhost:9000/callback. One on each line."
        ),
        error_messages={
            "required": _("Enter at least one redirect URI"),
            "max_length": _("Enter fewer or shorter redirect URIs"),
        },
    )

    def registration(self, kind: Kind) -> Registration:
        """Return what the answers stand for, as far as there are any."""
        self.full_clean()
        return starting(
            kind,
            name=self.cleaned_data.get("name", ""),
            redirect_uris=self.cleaned_data.get("redirect_uris", ()),
        )


class NameForm(ApplicationForm):
    """A new application that browsers never return to."""

    redirect_uris = None  # type: ignore[assignment]
