"""What shows who an organisation is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from clients.organisations.proving.rules import DOMAIN, ProofProblem
from clients.organisations.proving.wording import KIND_HINTS, KINDS, PROOF_PROBLEMS

_LONGEST = 300


class ProofForm(GovukForm):
    """A domain or a number."""

    kind = forms.ChoiceField(
        label=_("What shows who your organisation is?"),
        choices=tuple(KINDS.items()),
        widget=forms.RadioSelect,
        initial=DOMAIN,
        error_messages={
            "required": _("Choose what shows who your organisation is"),
            "invalid_choice": _("Choose what shows who your organisation is"),
        },
    )
    value = forms.CharField(
        label=_("Domain or number"),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
        error_messages={
            "required": PROOF_PROBLEMS[ProofProblem.EMPTY],
            "max_length": PROOF_PROBLEMS[ProofProblem.DOMAIN],
        },
    )
    choice_hints = {"kind": KIND_HINTS}


class CheckForm(GovukForm):
    """A button; shows what came of looking."""
