"""What is asked about a new token."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.pages.forms import GovukForm
from clients.api_tokens.rules import LIVES, Terms, TokenProblem
from clients.api_tokens.wording import PROBLEMS, ROLES
from clients.organisations.rules import LONGEST_NAME, NameProblem

SANDBOX: Final = "sandbox"
LIVE: Final = "live"


def _lives() -> list[tuple[int, str]]:
    return [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LIVES]


class TokenForm(GovukForm):
    """A name, what the token may do, to which applications, and for how long."""

    choice_hints = {
        "reach": {
            LIVE: _(
                "For example, to make their secrets. You sign in once more by two steps, and the "
                "token is good for 30 days at most."
            )
        }
    }

    name = forms.CharField(
        label=_("What the token is for"),
        help_text=_("For example, the program or the machine that will hold it"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter what the token is for")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("What it may do"),
        choices=list(ROLES.items()),
        initial="developer",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the token may do")},
    )
    reach = forms.ChoiceField(
        label=_("Which applications it may act on"),
        choices=[
            (SANDBOX, _("Sandbox applications; it only looks at live ones")),
            (LIVE, _("Live applications too")),
        ],
        initial=SANDBOX,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which applications the token may act on")},
    )
    days = forms.TypedChoiceField(
        label=_("How long it is good for"),
        choices=_lives,
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the token is good for")},
    )

    def terms(self) -> Terms:
        """Return what was chosen, of a form that is valid."""
        found = self.cleaned_data
        acts_on_live = found["reach"] == LIVE
        return Terms(found["name"], found["role"], found["days"], acts_on_live=acts_on_live)

    def note(self, problem: NameProblem | TokenProblem) -> None:
        """Show why the token was refused, at the field that mends it."""
        place = "days" if problem is TokenProblem.TOO_LONG_FOR_LIVE else "name"
        self.add_error(place, str(PROBLEMS[problem]))
