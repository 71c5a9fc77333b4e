"""What the service owner types."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.council import colours, rules
from accounts.council.rules import Detail, DetailRefusedError, Problem, Values
from accounts.council.shown import phone_as_written
from accounts.pages.forms import GovukForm
from idp.console.council.wording import HINTS, LABELS, sentence

# The largest number that the column holds.
_MOST_VERSIONS = 2**31 - 1


_COLOURS = {Detail.COLOUR, Detail.LINK_COLOUR}


def _field(detail: Detail) -> forms.CharField:
    attrs: dict[str, Any] = {"autocomplete": "off"}
    widget: type[forms.Widget] = forms.TextInput
    if detail is Detail.COUNTERS:
        widget, attrs["rows"] = forms.Textarea, 4
    return forms.CharField(
        label=LABELS[detail],
        help_text=HINTS.get(detail, ""),
        required=detail not in rules.OPTIONAL,
        # Lines end in two signs while they travel.
        max_length=rules.LONGEST[detail] + rules.MOST_LINES,
        widget=widget(attrs=attrs),
        error_messages={
            "required": sentence(detail, Problem.MISSING),
            "max_length": sentence(detail, Problem.TOO_LONG),
            "null_characters_not_allowed": sentence(detail, Problem.NOT_PLAIN),
        },
    )


class DetailsForm(GovukForm):
    """Everything that residents see of the council, with the version that it was made from."""

    name = _field(Detail.NAME)
    service = _field(Detail.SERVICE)
    colour = _field(Detail.COLOUR)
    link_colour = _field(Detail.LINK_COLOUR)
    phone = _field(Detail.PHONE)
    hours = _field(Detail.HOURS)
    email = _field(Detail.EMAIL)
    address = _field(Detail.ADDRESS)
    counters = _field(Detail.COUNTERS)
    website = _field(Detail.WEBSITE)
    accessibility_contact = _field(Detail.ACCESSIBILITY_CONTACT)
    data_protection_contact = _field(Detail.DATA_PROTECTION_CONTACT)
    privacy_notice = _field(Detail.PRIVACY_NOTICE)
    begun_at = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_MOST_VERSIONS)

    def clean(self) -> dict[str, Any]:
        """Read each value as it will be kept."""
        for detail in Detail:
            if detail in self.cleaned_data:
                self._read(detail)
        if not _COLOURS & set(self.errors):
            self._compare_colours()
        return self.cleaned_data

    def _read(self, detail: Detail) -> None:
        typed = self.cleaned_data[detail]
        try:
            self.cleaned_data[detail] = rules.read(detail, typed)
        except DetailRefusedError as refused:
            pale = refused.problem is Problem.TOO_PALE
            colour = "#" + typed.strip().removeprefix("#").lower()
            contrast = colours.contrast_on_pages(colour, brand=colour) if pale else 0
            self.add_error(detail, str(sentence(detail, refused.problem, contrast=contrast)))

    def _compare_colours(self) -> None:
        if problem := rules.problem_of_both({one: self.cleaned_data[one] for one in _COLOURS}):
            brand, link = self.cleaned_data[Detail.COLOUR], self.cleaned_data[Detail.LINK_COLOUR]
            contrast = colours.contrast_on_pages(link, brand=brand)
            words = sentence(Detail.LINK_COLOUR, problem, contrast=contrast)
            self.add_error(Detail.LINK_COLOUR, str(words))

    def values(self) -> dict[Detail, str]:
        """Return the values of a form that is valid, as they are kept."""
        return {detail: self.cleaned_data[detail] for detail in Detail}


class VersionForm(GovukForm):
    """That a version is to be put back, and which one counted when that was decided."""

    begun_at = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_MOST_VERSIONS)


def as_typed(values: Values, *, begun_at: int) -> Mapping[str, str]:
    """Return what the fields hold for these values."""
    shown = {str(detail): value for detail, value in values.items()}
    return {
        **shown,
        "phone": phone_as_written(values[Detail.PHONE]),
        "begun_at": str(begun_at),
    }
