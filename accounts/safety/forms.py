"""What somebody chooses to give less away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm


class DiscreetForm(GovukForm):
    """Whether mails are to say whose they are."""

    discreet = forms.ChoiceField(
        label=_("Should our emails hide what they are about?"),
        help_text=_(
            "They then come from “Messages”, their title is “A message for you”, and they name"
            " neither us nor a service. You can tell them by the help code in each. Anyone who"
            " opens one can still see our phone number and website address. The email that we send"
            " when somebody creates an account always names us."
        ),
        choices=[("yes", _("Yes, hide it")), ("no", _("No, say what they are about"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
