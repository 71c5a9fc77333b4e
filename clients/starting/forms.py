"""An organisation and its first application, asked at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.applications.form.forms import ApplicationForm, KindForm
from clients.applications.form.rules import returns
from clients.applications.registration import Kind
from clients.organisations.rules import LONGEST_NAME, NameProblem
from clients.organisations.wording import NAME_PROBLEMS


class StartForm(KindForm, ApplicationForm):
    """What the organisation is called, and its first application."""

    organisation = forms.CharField(
        label=_("Name of your organisation"),
        help_text=_("As people know it. You cannot change it later yourself."),
        # The rules say in words what is too long.
        max_length=4 * LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={
            "required": _("Enter the name of your organisation"),
            "max_length": _("The name must be 100 characters or fewer"),
        },
    )
    field_order = ["organisation", "name", "kind", "redirect_uris"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["redirect_uris"].required = returns(self.chosen_kind)
        self.fields["redirect_uris"].help_text = _(
            "Where residents come back to after signing in, such as "
            "http://localhost:9000/callback. One on each line; none for a program or a device."
        )

    @property
    def chosen_kind(self) -> Kind:
        """The kind as it was chosen, or a web application."""
        chosen = self.data.get("kind", "")
        return Kind(chosen) if chosen in list(Kind) else Kind.WEB

    def refuse_name(self, problem: NameProblem) -> None:
        """Show why the organisation may not be called so."""
        self.add_error("organisation", str(NAME_PROBLEMS[problem]))
