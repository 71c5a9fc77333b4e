"""What staff say before they look."""

from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.console.helping.wording import CHANNELS, OTHERS, REASONS

_LONGEST: Final = 254
_WHAT: Final = _("Enter the help code, the email address or the reference that they gave you")
_WHY: Final = _("Choose why you are looking")


class GivenField(forms.CharField):
    """What a caller gave to be found by: a help code, an email address or a reference."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Help code, email address or reference"),
            max_length=_LONGEST,
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
            error_messages={"required": _WHAT, "max_length": _WHAT},
            **more,
        )


class BeginForm(GovukForm):
    """What the person gave, why staff look, where they are, who else is there, and a case."""

    typed = GivenField(
        help_text=_(
            "The help code stands at the foot of the page or email they have in front of them. "
            "Type an address or a reference whole: nothing is found by a part of it."
        )
    )
    reason = forms.ChoiceField(
        label=_("Why are you looking?"),
        choices=tuple(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _WHY, "invalid_choice": _WHY},
    )
    channel = forms.ChoiceField(
        label=_("Where is the person?"),
        choices=tuple(CHANNELS.items()),
        initial="phone",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose where the person is")
        ),
    )
    others = forms.MultipleChoiceField(
        label=_("Who else is there?"),
        help_text=_("Leave this empty if you are talking to the person alone."),
        choices=tuple(OTHERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    case_reference = forms.CharField(
        label=_("Case reference, if there is one"),
        help_text=_("Leave this empty and we make one. Letters, numbers, hyphens and slashes."),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "govuk-input--width-20", "spellcheck": False}
        ),
        validators=[
            # The log keeps it: a name or an address in it would stay there for years.
            RegexValidator(
                r"^[A-Za-z0-9/-]*[0-9][A-Za-z0-9/-]*\Z",
                _("A case reference has a number in it, and letters, hyphens or slashes"),
            )
        ],
        error_messages={"max_length": _("A case reference is 40 characters or fewer")},
    )
