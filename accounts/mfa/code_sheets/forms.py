"""What somebody types to add a printed sheet."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.mfa.code_sheets import rules
from accounts.mfa.fields import DigitsField
from accounts.pages.forms import GovukForm

NOT_RIGHT = _("This is not code {number} of sheet {sheet}. Read it from the paper once more.")


class SheetForm(GovukForm):
    """One code from the paper, which shows that its owner has it."""

    code = DigitsField(label=_("Code"), digits=rules.DIGITS, help_text=_("8 numbers"))

    def __init__(self, *args: Any, number: int, sheet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = format_lazy(
            _("Code {number} of sheet {sheet}"), number=number, sheet=sheet
        )
