"""The page on which a browser's language is chosen."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.pages.forms import GovukForm
from accounts.security import cookies
from accounts.security.access import public

_KEPT = timedelta(days=365)


class LanguageForm(GovukForm):
    """The languages we have, each by its own name."""

    language = forms.ChoiceField(
        choices=lambda: [(code, own_name(code, name)) for code, name in settings.LANGUAGES],
        label=_("Choose a language"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language")},
    )


def own_name(code: str, name: str) -> str:
    """Return what speakers of the language call it, as far as that is known."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return name


@public
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Ask for the language and remember it in this browser."""
    form = LanguageForm(request.POST or None, initial={"language": get_language()})
    next_address = _local(request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid():
        response = redirect(next_address)
        chosen = form.cleaned_data["language"]
        cookies.put(response, cookies.LANGUAGE, chosen, max_age=_KEPT)
        return response
    words = {"form": form, "next_address": next_address}
    return render(request, "accounts/pages/language.html", words)


def _local(address: str) -> str:
    # An address of another site would make this page a way to lead people there.
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return "/account"
