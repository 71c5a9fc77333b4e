"""What is asked about a leak."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.portal.leaks.rules import Since


class LeakForm(GovukForm):
    """Since when."""

    since = forms.ChoiceField(
        label=_("Since when may somebody else have had the secret?"),
        help_text=_("If you are not sure, choose the longer time."),
        choices=(
            (Since.HOUR, _("For an hour at most")),
            (Since.DAY, _("For a day at most")),
            (Since.WEEK, _("For a week at most")),
            (Since.MONTH, _("For a month at most")),
            (Since.UNKNOWN, _("I do not know")),
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose since when"),
            "invalid_choice": _("Choose since when"),
        },
    )
