"""Fields in which somebody types a name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.email_address import ADDRESS_LENGTH
from accounts.names import rules
from accounts.names.rules import NameProblem

LONGEST_FULL_NAME = 200
_NAME_PROBLEMS: dict[NameProblem, Promise] = {
    NameProblem.LOOKS_LIKE_ADDRESS: _("Choose a sign-in name that is not an email address"),
    NameProblem.LOOKS_LIKE_ID: _("Choose a sign-in name that is easier to remember"),
    NameProblem.WRONG_LENGTH: format_lazy(
        _("Your sign-in name must have between {least} and {most} characters"),
        least=rules.SHORTEST_NAME,
        most=rules.LONGEST_NAME,
    ),
    NameProblem.WRONG_CHARACTERS: _(
        "Your sign-in name can have letters, numbers, dots, hyphens and underscores only"
    ),
}


class FullNameField(forms.CharField):
    """What a person is called, refused if it would read as another name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("Full name")),
            max_length=LONGEST_FULL_NAME,
            widget=forms.TextInput(
                attrs={"autocomplete": "name", "dir": "auto", "spellcheck": "false"}
            ),
            error_messages={
                "required": _("Enter your full name"),
                "hidden": _("Enter your full name using letters, not hidden characters"),
                **kwargs.pop("error_messages", {}),
            },
            **kwargs,
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the name."""
        name: str = super().clean(value)
        if name and not rules.is_plain_name(name):
            raise ValidationError(self.error_messages["hidden"], code="hidden")
        return name


class SignInNameField(forms.CharField):
    """A name of one's own choosing to sign in with."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=kwargs.pop("label", _("Sign-in name")),
            max_length=ADDRESS_LENGTH,
            help_text=_("You will type this to sign in. For example, sam.jones"),
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
            error_messages={"required": _("Choose a sign-in name")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the name if it may be chosen at all."""
        name: str = super().clean(value)
        problem = rules.name_problem(name) if name else None
        if problem is not None:
            raise ValidationError(str(_NAME_PROBLEMS[problem]), code=problem)
        return name
