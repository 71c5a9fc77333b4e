"""What somebody types and chooses to tell where they live."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names.rules import is_plain_line
from accounts.pages.forms import GovukForm
from accounts.profile.postal import rules
from accounts.profile.postal.lookup import FoundAddress

_LINE_LENGTH = 100


class PostcodeField(forms.CharField):
    """A postcode, however it is spaced."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Postcode"),
            max_length=20,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "postal-code",
                    "class": "govuk-input--width-10",
                    "spellcheck": "false",
                }
            ),
            error_messages={"required": _("Enter a postcode")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the postcode in capitals, with its one space."""
        typed: str = super().clean(value)
        plain = rules.postcode(typed)
        if plain is None:
            raise ValidationError(_("Enter a full UK postcode, like SW1A 2AA"), code="invalid")
        return plain


class LineField(forms.CharField):
    """One line of an address."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        attrs = {"autocomplete": autocomplete, "spellcheck": "false"}
        super().__init__(max_length=_LINE_LENGTH, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the line, refused if something in it cannot be printed on a letter."""
        typed: str = super().clean(value)
        if typed and not is_plain_line(typed):
            message = _("Use letters, numbers and punctuation only, not hidden characters")
            raise ValidationError(message, code="hidden")
        return typed


class PostcodeForm(GovukForm):
    """The postcode to look up."""

    postcode = PostcodeField()


class ChooseForm(GovukForm):
    """One of the addresses that were found."""

    uprn = forms.ChoiceField(
        label=_("Address"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose your address"),
            "invalid_choice": _("Choose your address"),
        },
    )

    def __init__(self, *args: Any, found: Sequence[FoundAddress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(address.uprn, address.in_one_line) for address in found]
        self.fields["uprn"].choices = choices  # type: ignore[attr-defined]


class TypedForm(GovukForm):
    """A United Kingdom address, by the design system's pattern."""

    line_1 = LineField(
        label=_("Address line 1"),
        autocomplete="address-line1",
        error_messages={"required": _("Enter address line 1, typically the building and street")},
    )
    line_2 = LineField(
        label=_("Address line 2 (optional)"), autocomplete="address-line2", required=False
    )
    town = LineField(
        label=_("Town or city"),
        autocomplete="address-level2",
        error_messages={"required": _("Enter a town or city")},
    )
    county = LineField(label=_("County (optional)"), autocomplete="address-level1", required=False)
    postcode = PostcodeField()

    @property
    def lines(self) -> str:
        """The lines as they are stored."""
        names = ("line_1", "line_2", "town", "county")
        return rules.lines([self.cleaned_data.get(name, "") for name in names])
