"""Why staff do what they do, and what they saw before."""

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.notices.forms import MailAddressField
from accounts.pages.forms import GovukForm
from idp.console.acts.table import Terms
from idp.console.requests.rules import Evidence
from idp.console.requests.wording import EVIDENCE

_CHOOSE: Final = _("Choose why")
_SEEN: Final = _("Choose what you have seen or heard")


class ActForm(GovukForm):
    """What an act's terms ask for: a reason of its list, and for a second person the evidence.

    `evidence`: the kinds that whoever helps can have seen or heard.
    """

    def __init__(
        self, *args: Any, terms: Terms, evidence: Collection[Evidence], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if terms.grounds:
            self.fields["ground"] = forms.ChoiceField(
                label=_("Why?"),
                choices=list(terms.grounds.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
            )
        if terms.needs_address:
            # The browser shall not offer the address of whoever works here.
            self.fields["new_address"] = MailAddressField(
                label=_("New email address"),
                help_text=_("Type it as the person spells it. They confirm it by a link there."),
                widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
                error_messages={"required": _("Enter an email address")},
            )
        if terms.needs_evidence:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=_("How do you know that it is them?"),
                help_text=_("Choose all that you have seen or heard. Your colleague sees this."),
                choices=[(kind, EVIDENCE[kind]) for kind in evidence],
                widget=forms.CheckboxSelectMultiple,
                error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), _SEEN),
            )
