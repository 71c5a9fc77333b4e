"""What members change about an application, one subject a page."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.assurance import Level
from clients.applications.form.forms import FoundForm, LinesField
from clients.applications.form.rules import returns
from clients.applications.form.starting import with_scopes
from clients.applications.pages.program_forms import CertificateForm, SafeguardsForm
from clients.applications.pages.subject import ChangeForm
from clients.applications.pages.wording import BASES, LEVELS
from clients.applications.registration import Kind, Registration, ScopeWanted
from clients.scopes import SCOPES

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}
_LONGEST: Final = 2000
_BESIDES_OPENID: Final = [(name, name) for name in SCOPES if name != "openid"]
_TOO_LONG: Final = {"max_length": _("This is too long")}


def _line(label: "StrPromise", help_text: "StrPromise | str" = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs=_TYPED),
        error_messages=_TOO_LONG,
    )


class NamesForm(ChangeForm):
    """What residents read about it."""

    heading = _("Name and pages")

    name = forms.CharField(
        label=_("Name of the application"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the name of the application"), **_TOO_LONG},
    )
    home_url = _line(_("Home page (optional)"), _("Where “Your services” leads residents."))
    privacy_url = _line(
        _("Privacy notice (optional)"), _("Its web address. You need it to go live.")
    )
    terms_url = _line(_("Terms of use (optional)"))
    other_way = forms.CharField(
        label=_("How to deal with you without an account (optional)"),
        help_text=_("Residents who cannot sign in read this, for example a phone number."),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages=_TOO_LONG,
    )


class AddressesForm(ChangeForm):
    """Where browsers and we ourselves call it."""

    heading = _("Addresses")
    places = {
        "redirect_uri": "redirect_uris",
        "post_logout_redirect_uri": "post_logout_redirect_uris",
    }

    redirect_uris = LinesField(
        label=_("Redirect URIs"),
        help_text=_("Where residents come back to after signing in. One on each line."),
        error_messages={"required": _("Enter at least one redirect URI")},
    )
    post_logout_redirect_uris = LinesField(
        label=_("Addresses after signing out (optional)"),
        help_text=_("Where residents may be sent when they sign out. One on each line."),
        required=False,
    )
    backchannel_logout_uri = _line(
        _("Back-channel logout URI (optional)"),
        _("We send a logout token there when a session ends. It must be on the public internet."),
    )
    frontchannel_logout_uri = _line(
        _("Front-channel logout URI (optional)"),
        _("The browser opens it when a session ends. Back-channel logout is more reliable."),
    )
    initiate_login_uri = _line(
        _("Login initiation URI (optional)"),
        _("Residents are sent there from “Your services” to begin signing in."),
    )

    @classmethod
    def concerns(cls, registration: Registration) -> bool:
        """Say whether browsers come back to it."""
        return returns(registration.kind)

    @classmethod
    def filled(cls, registration: Registration) -> dict[str, Any]:
        """Return the addresses of both groups."""
        return {**vars(registration.addresses), **vars(registration.callbacks)}

    def applied(self, registration: Registration) -> Registration:
        """Return the registration with the addresses in their groups."""
        lists = {name: self.cleaned_data.get(name, ()) for name in vars(registration.addresses)}
        others = {name: text for name, text in self.cleaned_data.items() if name not in lists}
        return replace(
            registration,
            addresses=replace(registration.addresses, **lists),
            callbacks=replace(registration.callbacks, **others),
        )


class ScopesForm(ChangeForm):
    """Which scopes it may ask for, besides openid."""

    heading = _("Scopes")
    places = {"scope": "scopes"}

    scopes = forms.MultipleChoiceField(
        label=_("Which scopes may it ask for?"),
        help_text=_("Besides openid, which every sign-in needs. Ask for no more than you use."),
        choices=_BESIDES_OPENID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such scope")},
    )
    choice_hints = {"scopes": {name: scope.explanation for name, scope in SCOPES.items()}}

    @classmethod
    def concerns(cls, registration: Registration) -> bool:
        """Say whether anybody signs in to it."""
        return registration.kind is not Kind.SERVICE

    @classmethod
    def filled(cls, registration: Registration) -> dict[str, Any]:
        """Return the scopes that it may ask for."""
        return {"scopes": [one.scope for one in registration.scopes]}

    def applied(self, registration: Registration) -> Registration:
        """Return the registration with these scopes, new ones with a purpose to begin with."""
        chosen = {"openid", *self.cleaned_data.get("scopes", ())}
        return with_scopes(registration, [name for name in SCOPES if name in chosen])


class ContactsForm(ChangeForm):
    """Whom the council asks about it."""

    heading = _("Contacts")
    places = {"contact": "contacts"}

    contacts = LinesField(
        label=_("Whom to ask about this application (optional)"),
        help_text=_("Email addresses of a team rather than of one person. One on each line."),
        required=False,
    )


class LevelForm(ChangeForm):
    """How strongly residents must have signed in."""

    heading = _("Strength of sign-in")

    minimum_level = forms.TypedChoiceField(
        label=_("How strongly must residents have signed in, whatever a request asks for?"),
        choices=[(str(int(level)), words) for level, words in LEVELS.items()],
        coerce=lambda text: Level(int(text)),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how strongly residents must have signed in"),
            "invalid_choice": _("Choose how strongly residents must have signed in"),
        },
    )

    @classmethod
    def concerns(cls, registration: Registration) -> bool:
        """Say whether anybody signs in to it."""
        return registration.kind is not Kind.SERVICE

    @classmethod
    def filled(cls, registration: Registration) -> dict[str, Any]:
        """Return the level as the choices have it."""
        return {"minimum_level": str(int(registration.minimum_level))}


class ScopeForm(FoundForm):
    """What residents are told of one scope."""

    purpose = forms.CharField(
        label=_("What for?"),
        help_text=_("Residents read it before they share. Begin with “To”."),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter what you need it for"), **_TOO_LONG},
    )
    lawful_basis = forms.ChoiceField(
        label=_("On which lawful basis?"),
        choices=list(BASES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a lawful basis"),
            "invalid_choice": _("Choose a lawful basis"),
        },
    )
    choice_hints = {"lawful_basis": {"consent": _("Residents may leave it unticked.")}}
    retention = forms.CharField(
        label=_("What do you keep of it, for how long and why? (optional)"),
        help_text=_("Needed before going live."),
        required=False,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=_TOO_LONG,
    )
    privacy_notice = _line(
        _("Privacy notice of its own (optional)"),
        _("Leave this empty if the application’s privacy notice tells of it."),
    )

    @classmethod
    def filled(cls, one: ScopeWanted) -> dict[str, Any]:
        """Return what is told now."""
        return {name: getattr(one, name) for name in cls.base_fields}

    def applied(self, registration: Registration, scope: str) -> Registration:
        """Return the registration with what is told of this scope."""
        scopes = (
            replace(one, **self.cleaned_data) if one.scope == scope else one
            for one in registration.scopes
        )
        return replace(registration, scopes=tuple(scopes))


PARTS: Final[dict[str, type[ChangeForm]]] = {
    "names": NamesForm,
    "addresses": AddressesForm,
    "scopes": ScopesForm,
    "level": LevelForm,
    "certificate": CertificateForm,
    "safeguards": SafeguardsForm,
    "contacts": ContactsForm,
}
