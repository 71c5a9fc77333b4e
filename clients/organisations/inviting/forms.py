"""Whom to invite, as what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.email_address import ADDRESS_LENGTH
from accounts.pages.forms import GovukForm
from clients.models import Member
from clients.organisations.members.wording import ROLE_HINTS, ROLES


class RoleForm(GovukForm):
    """What somebody may do for the organisation."""

    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=tuple(ROLES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what they may do"),
            "invalid_choice": _("Choose what they may do"),
        },
    )
    choice_hints = {"role": ROLE_HINTS}

    @property
    def chosen(self) -> Member.Role:
        """The role that was chosen."""
        return Member.Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Whom to invite, and what they may do."""

    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("Only somebody with an account with this email address can take it."),
        max_length=ADDRESS_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": False}),
        error_messages={"required": _("Enter an email address")},
    )
    field_order = ["address", "role"]
