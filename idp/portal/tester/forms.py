"""The parameters of a request that is to be tried."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.oidc.assurance import ACR
from idp.oidc.authorize.checks.interaction import PROMPTS
from idp.oidc.authorize.response_mode import MODES
from idp.portal.tester.wording import MISTAKES

_PLAIN: Final = {"autocomplete": "off", "spellcheck": False}
# Values that the specifications spell, in every language.
_AS_IT_IS: Final = {"class": "borough-as-it-is"}
_LEFT_OUT: Final = ("", _("Leave it out"))
_ERRORS: Final = {
    "invalid_choice": _("Choose one from the list"),
    "max_length": _("Enter fewer characters"),
}


class TryForm(GovukForm):
    """What to send; nothing is checked here, so that wrong requests can be tried too."""

    scope = forms.CharField(
        label=_("scope"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages=_ERRORS,
    )
    pkce = forms.BooleanField(label=_("Use PKCE (code_challenge by S256)"), required=False)
    state = forms.CharField(
        label=_("state"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages=_ERRORS,
    )
    nonce = forms.CharField(
        label=_("nonce"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages=_ERRORS,
    )
    prompt = forms.ChoiceField(
        label=_("prompt"),
        required=False,
        choices=[_LEFT_OUT, *((one, one) for one in PROMPTS)],
        widget=forms.Select(attrs=_AS_IT_IS),
        error_messages=_ERRORS,
    )
    max_age = forms.CharField(
        label=_("max_age"),
        help_text=_("In seconds"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={**_PLAIN, "class": "govuk-input--width-5"}),
        error_messages=_ERRORS,
    )
    acr_values = forms.ChoiceField(
        label=_("acr_values"),
        required=False,
        choices=[_LEFT_OUT, *((one, one) for one in ACR.values())],
        widget=forms.Select(attrs=_AS_IT_IS),
        error_messages=_ERRORS,
    )
    response_mode = forms.ChoiceField(
        label=_("response_mode"),
        required=False,
        choices=[_LEFT_OUT, *((one, one) for one in MODES)],
        widget=forms.Select(attrs=_AS_IT_IS),
        error_messages=_ERRORS,
    )
    claims = forms.CharField(
        label=_("claims"),
        help_text=_("JSON, as OIDC Core section 5.5 has it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={**_PLAIN, "rows": 3}),
        error_messages=_ERRORS,
    )
    mistake = forms.ChoiceField(
        label=_("What the client does wrong"),
        help_text=_("To see how your own client should take it"),
        required=False,
        choices=MISTAKES,
        error_messages=_ERRORS,
    )

    def parameters(self) -> dict[str, str]:
        """Return what to send, as typed; what is empty is left out."""
        names = set(self.fields) - {"pkce", "mistake"}
        typed: dict[str, Any] = self.cleaned_data
        return {name: typed[name] for name in self.fields if name in names and typed[name]}
