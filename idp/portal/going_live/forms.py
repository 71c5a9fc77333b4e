"""What is asked about a live application, one subject a page, and how one ends."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from clients.applications.certificates.rules import TLS_CLIENT_AUTH
from clients.applications.form.forms import FoundForm, LinesField
from clients.applications.form.rules import returns
from clients.applications.keys.rules import KEYED_METHODS
from clients.applications.pages.credentials.forms import (
    CERTIFICATE_PLACES,
    JwksField,
    address_of_keys,
    kind_of_subject,
    subject_of_certificate,
)
from clients.applications.parts import Parts, parts_of
from clients.applications.registration import Kind, Registration
from clients.approval.retiring.rules import LONGEST_WHERE_TO_GO
from clients.models import Submission

_LONGEST_ADDRESS: Final = 2000
_ADDRESS: Final = {"max_length": _("The address must be 2,000 characters or fewer")}
_WIDE: Final = {"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}


def _address(label: Any, *, required: bool = False, **how: Any) -> forms.CharField:  # noqa: ANN401
    return forms.CharField(
        label=label,
        required=required,
        max_length=_LONGEST_ADDRESS,
        strip=False,
        widget=forms.TextInput(attrs=_WIDE),
        error_messages={**_ADDRESS, "required": _("Enter the address")},
        **how,
    )


class AskedForm(FoundForm):
    """One subject of a live application: what a draft says of it, and what becomes of that."""

    heading: ClassVar[Promise]

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether an application like this has it at all."""
        del registration, is_new
        return True

    @classmethod
    def filled(cls, submission: Submission, registration: Registration) -> dict[str, Any]:
        """Return the fields as they stand."""
        del submission
        parts = parts_of(registration)
        return {name: parts[name] for name in cls.base_fields}

    def parts(self) -> Parts:
        """Return the parts of a form that is valid."""
        given = self.cleaned_data
        return {name: list(v) if isinstance(v, tuple) else v for name, v in given.items()}


class AddressesForm(AskedForm):
    """Where browsers come back to."""

    heading = _("Redirect URIs")
    places = {"redirect_uri": "redirect_uris"}

    redirect_uris = LinesField(
        label=_("Where do residents come back to after signing in?"),
        help_text=_(
            "The redirect URIs of your live service, not of the sandbox, each with https, such as "
            "https://parking.example.org/callback. One on each line."
        ),
        error_messages={"required": _("Enter at least one redirect URI")},
    )

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether browsers come back to it."""
        del is_new
        return returns(registration.kind)


class SigningOutForm(AskedForm):
    """Where browsers come back to after signing out, and who else hears of that."""

    heading = _("Signing out")
    places = {"post_logout_redirect_uri": "post_logout_redirect_uris"}

    post_logout_redirect_uris = LinesField(
        label=_("Addresses after signing out (optional)"),
        help_text=_("Where residents may be sent when they sign out. One on each line."),
        required=False,
    )
    backchannel_logout_uri = _address(
        _("Back-channel logout URI (optional)"),
        help_text=_("Where we tell your server that somebody signed out."),
    )
    frontchannel_logout_uri = _address(
        _("Front-channel logout URI (optional)"),
        help_text=_("The browser opens it. Back-channel logout is more reliable."),
    )

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether browsers come back to it."""
        del is_new
        return returns(registration.kind)


class StartForm(AskedForm):
    """Where residents find it."""

    heading = _("Where residents begin")

    home_url = _address(
        _("Home page (optional)"), help_text=_("Where “Your services” leads residents.")
    )
    initiate_login_uri = _address(
        _("Login initiation URI (optional)"),
        help_text=_("Residents are sent there from “Your services” to begin signing in."),
    )

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether browsers come back to it."""
        del is_new
        return returns(registration.kind)


class NoticeForm(AskedForm):
    """What residents read before they share."""

    heading = _("Privacy notice")

    privacy_url = _address(
        _("Where is the privacy notice that residents read?"),
        required=True,
        help_text=_(
            "A page that anybody can open, such as https://parking.example.org/privacy. We read it "
            "when you save."
        ),
    )

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether anybody signs in to it."""
        del is_new
        return registration.kind is not Kind.SERVICE


class ContactsForm(AskedForm):
    """Whom to ask about it."""

    heading = _("Contacts")
    places = {"contact": "contacts"}

    contacts = LinesField(
        label=_("Whom can the council ask about it?"),
        help_text=_(
            "Each a name with an email address or phone number, of a team rather than of one "
            "person. One on each line."
        ),
        error_messages={"required": _("Enter at least one contact")},
    )


class KeysForm(AskedForm):
    """The public keys that the live application authenticates with."""

    heading = _("Public keys of its own")

    jwks_uri = address_of_keys()
    jwks = JwksField()

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether it needs keys before it is live; later they are changed as credentials."""
        return is_new and registration.auth_method in KEYED_METHODS

    @classmethod
    def filled(cls, submission: Submission, registration: Registration) -> dict[str, Any]:
        """Return the address alone: keys are pasted anew."""
        del submission
        return {"jwks_uri": registration.keys.jwks_uri}

    def clean(self) -> dict[str, Any]:
        """Take one of the two."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Give the keys, or their address"))
        return self.cleaned_data


class CertificateForm(AskedForm):
    """By which name in its certificate the live application is known."""

    heading = _("The name in its certificate")
    places = CERTIFICATE_PLACES

    certificate_subject_kind = kind_of_subject()
    certificate_subject = subject_of_certificate()

    @classmethod
    def concerns(cls, registration: Registration, *, is_new: bool) -> bool:
        """Say whether it is known by one."""
        del is_new
        return registration.auth_method == TLS_CLIENT_AUTH


class AgreementForm(AskedForm):
    """The data sharing agreement."""

    heading = _("Data sharing agreement")

    agreement_reference = forms.CharField(
        label=_("Reference"),
        help_text=_("What the council and your organisation call the agreement."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter the reference of the agreement"),
            "max_length": _("The reference must be 100 characters or fewer"),
        },
    )
    agreement_ends_on = DateInputField(
        label=_("Last day"),
        help_text=_("30 days from now or later."),
        called=_("The last day"),
        error_messages={"required": _("Enter the last day of the agreement")},
    )

    @classmethod
    def filled(cls, submission: Submission, registration: Registration) -> dict[str, Any]:
        """Return the agreement of the draft."""
        del registration
        return {name: getattr(submission, name) for name in cls.base_fields}


# In the order of the page that lists them.
ASKED: Final[dict[str, type[AskedForm]]] = {
    "addresses": AddressesForm,
    "signing-out": SigningOutForm,
    "start": StartForm,
    "keys": KeysForm,
    "certificate": CertificateForm,
    "notice": NoticeForm,
    "contacts": ContactsForm,
    "agreement": AgreementForm,
}


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
