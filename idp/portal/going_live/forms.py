"""What differs between a sandbox application and its live one, and how one ends."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from clients.applications.form.forms import FoundForm, LinesField
from clients.applications.parts import Parts, parts_of
from clients.applications.registration import Registration
from clients.approval.retiring.rules import LONGEST_WHERE_TO_GO
from clients.models import Submission

_LONGEST_ADDRESS = 2000
_ADDRESS = {"max_length": _("The address must be 2,000 characters or fewer")}
_WIDE = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
_LISTS = ("redirect_uris", "post_logout_redirect_uris", "contacts")
_TEXTS = ("backchannel_logout_uri", "home_url", "privacy_url", "jwks_uri")


def _address(label: Any, **how: Any) -> forms.CharField:  # noqa: ANN401 - words
    return forms.CharField(
        label=label,
        required=False,
        max_length=_LONGEST_ADDRESS,
        strip=False,
        widget=forms.TextInput(attrs=_WIDE),
        error_messages=_ADDRESS,
        **how,
    )


class DraftForm(FoundForm):
    """Addresses of the live application, whom to ask, and the agreement."""

    places = {
        "redirect_uri": "redirect_uris",
        "post_logout_redirect_uri": "post_logout_redirect_uris",
        "contact": "contacts",
    }

    redirect_uris = LinesField(
        label=_("Redirect URIs"),
        help_text=_("Of your live service, each with https. One on each line."),
        required=False,
    )
    post_logout_redirect_uris = LinesField(
        label=_("Post-logout redirect URIs (optional)"),
        help_text=_("Where residents come back to after signing out. One on each line."),
        required=False,
    )
    backchannel_logout_uri = _address(
        _("Back-channel logout URI (optional)"),
        help_text=_("Where we tell your server that somebody signed out."),
    )
    jwks_uri = _address(
        _("JWKS URI (optional)"), help_text=_("Where the public keys of your live service are.")
    )
    home_url = _address(_("Start page (optional)"))
    privacy_url = _address(
        _("Privacy notice"), help_text=_("The address of a page that residents can read.")
    )
    contacts = LinesField(
        label=_("Contacts"),
        help_text=_("Whom we can ask about it: a name with an email address or phone number."),
        required=False,
    )
    agreement_reference = forms.CharField(
        label=_("Reference of the data sharing agreement"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("The reference must be 100 characters or fewer")},
    )
    agreement_ends_on = DateInputField(
        label=_("Last day of the agreement"),
        called=_("The last day of the agreement"),
        required=False,
    )

    def parts(self) -> Parts:
        """Return the parts of a form that is valid."""
        given = {name: self.cleaned_data[name] for name in _TEXTS}
        lists = {name: list(self.cleaned_data[name]) for name in _LISTS}
        parts = {**given, **lists}
        if parts["jwks_uri"]:
            # One or the other: the sandbox's own keys stay with the sandbox.
            parts["jwks"] = None
        else:
            del parts["jwks_uri"]
        return parts

    @staticmethod
    def filled(submission: Submission, registration: Registration) -> dict[str, Any]:
        """Return what the form shows of a draft."""
        parts = parts_of(registration)
        shown = {name: parts[name] for name in (*_LISTS, *_TEXTS)}
        agreement = {
            "agreement_reference": submission.agreement_reference,
            "agreement_ends_on": submission.agreement_ends_on,
        }
        return {**shown, **agreement}


class EndForm(GovukForm):
    """When residents can no longer sign in to it, and where they go instead."""

    day = DateInputField(
        label=_("From which day can residents no longer sign in?"),
        called=_("The day"),
        help_text=_("14 days from now or later."),
        error_messages={"required": _("Enter a day")},
    )
    where_to_go = forms.CharField(
        label=_("Where can they go instead?"),
        help_text=_("Residents read it, on one line: another service, a phone number, a desk."),
        max_length=LONGEST_WHERE_TO_GO,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Say where residents can go instead"),
            "max_length": _("Say it in 500 characters or fewer"),
        },
    )

    def end(self) -> tuple[date, str]:
        """Return the day and the words of a form that is valid."""
        return self.cleaned_data["day"], self.cleaned_data["where_to_go"]
