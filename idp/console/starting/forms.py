"""What staff type before a sheet is printed, and about one that was."""

from collections.abc import Collection
from typing import Any, Final, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.names.fields import FullNameField
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from accounts.start_codes.operations import Papers
from idp.console.helping.forms import BeginForm
from idp.console.helping.wording import OTHERS
from idp.console.starting.rules import Answer
from idp.console.starting.wording import NO_PAPERS, PAPERS, REASONS

_SEEN: Final = _("Choose what you have seen")
_WHY: Final = _("Choose why they want a sheet")
_CASE: Final = _("Enter the case reference from the sheet")
_ANSWER: Final = _("Choose what you want to do")
_STALE: Final = _("Open this page again: it has lost its number")
ANSWERS: Final[dict[Answer, Promise]] = {
    Answer.AGAIN: _("Print another sheet, and end this one"),
    Answer.CANCEL: _("Cancel this sheet"),
}


class _OnceForm(GovukForm):
    """A form that prints one sheet, however often it is sent."""

    asked_as = forms.CharField(
        max_length=36,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "max_length", "null_characters_not_allowed"), _STALE
        ),
        initial=uuid4,
    )

    def clean_asked_as(self) -> UUID:
        """Return the form's number."""
        try:
            return UUID(self.cleaned_data["asked_as"])
        except ValueError as error:
            raise ValidationError(str(_STALE)) from error


class PrintForm(_OnceForm):
    """Why, what papers were seen and what stands there, who else is there, and a case."""

    reason = forms.ChoiceField(
        label=_("Why do they want a sheet?"),
        choices=tuple(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _WHY, "invalid_choice": _WHY},
    )
    evidence = forms.ChoiceField(
        label=_("What papers have you seen?"),
        help_text=_("Nobody needs papers to have an account. With papers, their name is checked."),
        choices=tuple(PAPERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _SEEN, "invalid_choice": _SEEN},
    )
    full_name = FullNameField(
        label=_("Full name, as it stands there"),
        help_text=_("Leave this empty if you have seen no papers."),
        required=False,
    )
    date_of_birth = DateInputField(
        label=_("Date of birth, as it stands there"),
        called=_("Date of birth"),
        help_text=_("They type it too. Leave this empty if you have seen no papers."),
        required=False,
    )
    others = forms.MultipleChoiceField(
        label=_("Who else is there?"),
        help_text=_("Leave this empty if you are talking to the person alone."),
        choices=tuple(OTHERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list who else is there")},
    )
    case_reference = BeginForm.base_fields["case_reference"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser shall not offer the name of whoever works here.
        self.fields["full_name"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Want name and date of birth where papers were seen: one without the other proves less."""
        data = self.cleaned_data
        if data.get("evidence", NO_PAPERS) != NO_PAPERS:
            if not data.get("full_name") and "full_name" not in self.errors:
                self.add_error("full_name", str(_("Enter the full name on the papers")))
            if not data.get("date_of_birth") and "date_of_birth" not in self.errors:
                self.add_error("date_of_birth", str(_("Enter the date of birth on the papers")))
        return data

    def papers(self) -> Papers:
        """Return what was seen; without papers nothing is kept of what was typed."""
        data = self.cleaned_data
        if data["evidence"] == NO_PAPERS:
            return Papers()
        return Papers(data["evidence"], data["full_name"], data["date_of_birth"])


class FindForm(GovukForm):
    """The case of a sheet that somebody brings or names."""

    case_reference = forms.CharField(
        label=_("Case reference"),
        help_text=_("It is at the foot of the sheet. Type it whole."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": False}
        ),
        error_messages={"required": _CASE, "max_length": _CASE},
    )


class AnswerForm(_OnceForm):
    """What to do about a sheet."""

    answer = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=tuple(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _ANSWER, "invalid_choice": _ANSWER},
    )

    def __init__(self, *args: Any, answers: Collection[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [(answer, ANSWERS[answer]) for answer in answers]
        cast("forms.ChoiceField", self.fields["answer"]).choices = left
