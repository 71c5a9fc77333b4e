"""What somebody types as a second step."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mfa.code_sheets import rules as sheets
from accounts.mfa.code_sheets.operations import asked
from accounts.mfa.fields import DigitsField
from accounts.mfa.passkeys.forms import BUTTON
from accounts.mfa.text_messages.queries import end_of, is_sent
from accounts.models import Account
from accounts.pages.forms import GovukForm
from accounts.texts.queries import number_of

# Far above any code with spaces; nothing longer is worth a look.
_LONGEST = 64


class CodeForm(GovukForm):
    """A code, and whether to ask for one on this device again soon."""

    NOT_RIGHT = _("The code is not right")

    remember = forms.BooleanField(
        label=_("Do not ask for a code on this device for 30 days"),
        help_text=_("Only if nobody else uses it"),
        required=False,
    )

    def __init__(
        self, *args: Any, account: Account, may_remember: bool, browser: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.browser = browser
        if not may_remember:
            del self.fields["remember"]


class AppCodeForm(CodeForm):
    """The code that an app shows now."""

    NOT_RIGHT = _("The code is not right or was used already. Type the next one that the app shows")

    code = DigitsField(label=_("Code from your app"), help_text=_("6 numbers"))
    field_order = ["code"]


class SheetCodeForm(CodeForm):
    """The code of a sheet that is asked for."""

    NOT_RIGHT = _("The code is not right. Check its number and the letters of the sheet")

    code = DigitsField(label=_("Code"), help_text=_("8 numbers"), digits=sheets.DIGITS)
    field_order = ["code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked(self.account)
        if self.asked is not None:
            self.fields["code"].label = format_lazy(
                _("Code {number} of sheet {sheet}"),
                number=self.asked.number,
                sheet=self.asked.way.label,
            )


class TextCodeForm(CodeForm):
    """The code of the last text message, if one was sent."""

    NOT_RIGHT = _("The code is not right, or too old. Check the newest message, or get a new code")

    code = DigitsField(label=_("Code from the text message"), help_text=_("6 numbers"))
    field_order = ["code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number_end = end_of(number_of(self.account) or "")
        self.is_sent = is_sent(self.account, self.browser)


class KeyForm(CodeForm):
    """Nothing to type: the browser asks for the key."""

    NOT_RIGHT = _("That did not work. Try again, or use another way")
    answered_at = BUTTON

    remember = forms.BooleanField(
        label=_("Do not ask for the key on this device for 30 days"),
        help_text=_("Only if nobody else uses it"),
        required=False,
    )


class RecoveryCodeForm(CodeForm):
    """One of ten codes."""

    NOT_RIGHT = _("The code is not right or was used already. Try the next one on your list")

    code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("10 letters and numbers, such as CDFGH-34679"),
        max_length=_LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
                "spellcheck": False,
            }
        ),
        error_messages={"required": _("Enter one of your recovery codes")},
    )
