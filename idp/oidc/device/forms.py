"""What somebody types from the screen of a device."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.oidc.device import user_codes

_FORMAT = _("Enter the 8 letters that the device shows, such as WDJB-MJHT")


class UserCodeField(forms.CharField):
    """A user code, however it is typed."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {
            "autocapitalize": "characters",
            "autocomplete": "off",
            "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            "spellcheck": False,
        }
        codes = ("required", "max_length", "null_characters_not_allowed")
        super().__init__(
            max_length=64,
            widget=forms.TextInput(attrs=attrs),
            error_messages=dict.fromkeys(codes, _FORMAT),
            **kwargs,
        )

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the code that was meant."""
        code = user_codes.meant(super().clean(value))
        if not code:
            raise ValidationError(_FORMAT, code="invalid")
        return code


class DeviceForm(GovukForm):
    """The code that a device shows."""

    # "code" in its name: what comes too late is not kept (accounts/sessions/late_forms/).
    user_code = UserCodeField(
        label=_("Code on the device"), help_text=_("8 letters, such as WDJB-MJHT")
    )
