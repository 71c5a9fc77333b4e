"""What shows that somebody has died."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.console.deaths.wording import EVIDENCE, HINTS

_WHAT = _("Choose how we know")


class DeathForm(GovukForm):
    """How we know of it."""

    evidence = forms.ChoiceField(
        label=_("How do we know?"),
        choices=tuple(EVIDENCE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _WHAT, "invalid_choice": _WHAT},
    )
    choice_hints = {"evidence": HINTS}
