"""What makes an account: a full name, a password, and a sign-in name where the address is taken."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models.email_address import ADDRESS_LENGTH
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal
from accounts.signup import rules
from accounts.signup.rules import NameProblem

NAME_TAKEN = _("Choose another sign-in name. Somebody has this one")
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


class DetailsForm(GovukForm):
    """The last page of a sign-up."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter your full name")},
    )
    sign_in_name = forms.CharField(
        label=_("Sign-in name"),
        max_length=ADDRESS_LENGTH,
        help_text=_("You will type this to sign in. For example, sam.jones"),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Choose a sign-in name")},
    )
    password = NewPasswordField()

    def __init__(self, *args: Any, address: str, needs_own_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        if not needs_own_name:
            del self.fields["sign_in_name"]

    def clean_full_name(self) -> str:
        """Return the name, refused if it would read as another one."""
        name: str = self.cleaned_data["full_name"]
        if not rules.is_plain_name(name):
            raise ValidationError(_("Enter your full name using letters, not hidden characters"))
        return name

    def clean_sign_in_name(self) -> str:
        """Return the name if it may be chosen at all."""
        name: str = self.cleaned_data["sign_in_name"]
        problem = rules.name_problem(name)
        if problem is not None:
            raise ValidationError(str(_NAME_PROBLEMS[problem]))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easy to guess for this person, with the reason."""
        data = self.cleaned_data
        if "password" in data:
            names = [data.get("full_name", ""), data.get("sign_in_name", ""), self.address]
            reason = refusal(data["password"], own_words=names)
            if reason:
                self.add_error("password", reason)
        return data
