"""The guide's questions, one a page. Each form has one field, whose label is the page's title."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mailbox.forms import CodeForm
from accounts.models import Account
from accounts.notices.forms import MailAddressField
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal
from accounts.safety.channels import Channel, Kind
from accounts.safety.forms import DiscreetForm
from accounts.safety.leaving.choices import Choice

__all__ = [
    "AddressForm",
    "ChannelForm",
    "CodeForm",
    "DeviceForm",
    "DiscreetForm",
    "FreezeForm",
    "PasswordForm",
    "PlacesForm",
    "WaysForm",
]
KEEP, REMOVE, UNSAFE = "keep", "remove", "unsafe"
_QUESTIONS: Final = {
    Kind.EMAIL: _("Can somebody else read emails to {shown}?"),
    Kind.PHONE: _("Can somebody else answer or read {shown}?"),
    Kind.ADDRESS: _("Can somebody else open letters to {shown}?"),
}


class DeviceForm(GovukForm):
    """Whether others use this device too."""

    alone = forms.ChoiceField(
        label=_("Do only you use this phone or computer?"),
        help_text=_("If not, we will sign you out here too when you have finished."),
        choices=[("yes", _("Yes, only I use it")), ("no", _("No, or I am not sure"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether only you use it")},
    )


class _ListForm(GovukForm):
    """Some of a list, which may be none; whoever extends it asks which, as `chosen`."""

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for its `choices`
        field.choices = [(each.value, each.text) for each in choices]
        self.choice_hints = {"chosen": {each.value: each.hint for each in choices}}


class PlacesForm(_ListForm):
    """Where to sign out."""

    chosen = forms.MultipleChoiceField(
        label=_("Where should we sign you out?"),
        help_text=_("Leave out only what nobody else can reach."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class WaysForm(_ListForm):
    """What can be used to sign in no more."""

    chosen = forms.MultipleChoiceField(
        label=_("Which ways to sign in should stop working?"),
        help_text=_(
            "Choose all that somebody else could use: a passkey on a shared tablet, or a sheet of "
            "codes that stayed in a drawer."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ChannelForm(GovukForm):
    """What becomes of one way to reach the account's owner."""

    fate = forms.ChoiceField(
        label=_("Can somebody else read it?"),
        help_text=_(
            "If you take it off or stop using it, we send nothing there, not even about this."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what we should do with it")},
        choices=[
            (KEEP, _("No, keep using it")),
            (REMOVE, _("Yes, take it off my account")),
            (UNSAFE, _("Yes, or I am not sure: keep it on file, but do not use it")),
        ],
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fate"].label = format_lazy(_QUESTIONS[channel.kind], shown=channel.shown)


class AddressForm(GovukForm):
    """A new address."""

    address = MailAddressField(
        label=_("What is an email address that only you can read?"),
        help_text=_("We will send a code there. Nobody else is told."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter an email address, or choose “Skip this”")},
    )


class PasswordForm(GovukForm):
    """A new password that nobody else knows."""

    password = NewPasswordField(label=_("Choose a new password"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easy to guess for this person, with the reason."""
        own = [self.account.full_name, self.account.sign_in_name]
        if password := self.cleaned_data.get("password"):
            reason = refusal(password, own_words=own)
            if reason:
                self.add_error("password", reason)
        return self.cleaned_data


class FreezeForm(GovukForm):
    """Whether to stop the account for a while."""

    freeze = forms.ChoiceField(
        label=_("Should we freeze your account when this is done?"),
        help_text=_(
            "While it is frozen nobody can use it. You can sign in to unfreeze it when you are"
            " somewhere safe."
        ),
        choices=[("no", _("No, I want to go on using it")), ("yes", _("Yes, freeze it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to freeze your account")},
    )
