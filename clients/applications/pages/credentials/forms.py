"""What is asked about credentials."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.pages.forms import GovukForm
from clients.applications.certificates.rules import LONGEST_SUBJECT, SubjectKind
from clients.applications.certificates.wording import SUBJECT_KINDS
from clients.applications.credentials.rules import OFFERED, longest
from clients.applications.keys import pem
from clients.applications.keys.material import MalformedKeyError
from clients.applications.keys.rules import LARGEST_SET, Keys, KeysProblem
from clients.applications.keys.wording import KEYS_PROBLEMS

_DAYS = ngettext_lazy("{days} day", "{days} days", "days")


class SecretForm(GovukForm):
    """How long a new secret is good; `after`: the newest one that the page knew of."""

    days = forms.TypedChoiceField(
        label=_("How long is the secret good?"),
        help_text=_("We tell owners and developers by email 30, 7 and 1 days before it ends."),
        choices=[],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how long the secret is good"),
            "invalid_choice": _("Choose how long the secret is good"),
        },
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_live: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = longest(is_live=is_live)
        days = [one.days for one in OFFERED if one <= most]
        self.fields["days"].choices = [(str(one), _words(one)) for one in days]  # type: ignore[attr-defined]
        self.fields["days"].initial = str(days[-1])

    @property
    def lifetime(self) -> timedelta:
        """How long, as was chosen."""
        return timedelta(days=self.cleaned_data["days"])


def address_of_keys() -> forms.CharField:
    """Return the field for the address of public keys."""
    return forms.CharField(
        label=_("Address of the keys (jwks_uri)"),
        help_text=_("Better, as you can change keys without us. It must be on the internet."),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": _("The address is too long")},
    )


# Every reason to refuse a subject stands at the field in which it is typed.
CERTIFICATE_PLACES: Final = {"certificate_subject_kind": "certificate_subject"}


def kind_of_subject() -> forms.ChoiceField:
    """Return the field for the part of a certificate that names the application."""
    return forms.ChoiceField(
        label=_("Which part of the certificate names the application?"),
        help_text=_(
            "Every certificate that it comes with must have this name, and no other counts."
        ),
        choices=list(SUBJECT_KINDS.items()),
        initial=SubjectKind.SAN_DNS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which part of the certificate names the application"),
            "invalid_choice": _("Choose which part of the certificate names the application"),
        },
    )


def subject_of_certificate() -> forms.CharField:
    """Return the field for the name in that part."""
    return forms.CharField(
        label=_("The name, as the certificate has it"),
        help_text=_("For example api.example.org, or CN=booking,O=Example Trust."),
        # The rules say in words what is too long.
        max_length=4 * LONGEST_SUBJECT,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
        error_messages={
            "required": _("Enter the name that the certificate has"),
            "max_length": _("The name is too long"),
        },
    )


class JwksField(forms.CharField):
    """Public keys, pasted as JSON, or one in PEM; cleaned, it is the set, or None."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Or the keys themselves (JWKS)"),
            help_text=_(
                "Public keys alone, as JSON, or one in PEM. Never paste a private key anywhere."
            ),
            required=False,
            max_length=2 * LARGEST_SET,
            widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
            error_messages={"max_length": _("The keys are too large")},
        )

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Return the set that was pasted, or None."""
        typed = super().clean(value).strip()
        if pem.holds_private_key(typed):
            raise forms.ValidationError(str(KEYS_PROBLEMS[KeysProblem.PRIVATE]))
        if not typed:
            return None
        return self._in_pem(typed) if pem.is_pem(typed) else self._as_json(typed)

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Show nothing of it again: it may have been private."""
        del data, initial
        return ""

    def _in_pem(self, typed: str) -> dict[str, Any]:
        try:
            return pem.jwk_set(typed)
        except MalformedKeyError as error:
            raise forms.ValidationError(str(KEYS_PROBLEMS[KeysProblem.MALFORMED])) from error

    def _as_json(self, typed: str) -> dict[str, Any]:
        try:
            found = json.loads(typed)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise forms.ValidationError(
                _("The keys must be a JWK Set, as JSON, or a public key in PEM")
            )
        return found


class KeysForm(GovukForm):
    """Public keys, or where they are."""

    jwks_uri = address_of_keys()
    jwks = JwksField()

    @property
    def keys(self) -> Keys:
        """The answer."""
        return Keys(self.cleaned_data["jwks"], self.cleaned_data["jwks_uri"])

    def note(self, part: str, problems: Iterable[Promise]) -> None:
        """Show why the keys were refused."""
        self.add_error(part, "; ".join(str(one) for one in problems))


def _words(days: int) -> str:
    return str(_DAYS % {"days": days}).format(days=days)
