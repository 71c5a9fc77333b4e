"""The page that adds an app."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.council.queries import council
from accounts.mfa.adding import added, address
from accounts.mfa.apps import operations, rules
from accounts.mfa.apps.forms import NOT_RIGHT, TOO_OLD, AppForm
from accounts.mfa.apps.square import square
from accounts.mfa.decorators import freshly_signed_in_to_add
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill, typed_before
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError

_GROUP = 4


@freshly_signed_in_to_add
@sensitive_post_parameters("code", "app")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoroughRequest) -> HttpResponse:
    """Show a new secret, and add the app once it shows a code of it."""
    account = session_of(request).account
    sealed = request.POST.get("app", "") or typed_before(request).get("app", "")
    secret = operations.secret_in(account, sealed)
    form = refill(request, AppForm(request.POST if request.method == "POST" else None))
    if request.method == "POST" and secret is None:
        form.add_error(None, TOO_OLD)
    elif secret is not None and form.is_bound and form.is_valid():
        return _add(request, form, sealed, secret)
    if secret is None:
        sealed = operations.new_secret(account)
    return _page(request, form, sealed)


def _add(request: BoroughRequest, form: AppForm, sealed: str, secret: bytes) -> HttpResponse:
    session = session_of(request)
    try:
        started = operations.add(
            session=session,
            secret=secret,
            code=form.cleaned_data["code"],
            by=resident(session.account),
        )
    except AccountChangedError:
        return redirect(request.get_full_path())
    if started is None:
        form.add_error("code", NOT_RIGHT)
        return _page(request, form, sealed)
    return added(request, started)


def _page(request: BoroughRequest, form: AppForm, sealed: str) -> HttpResponse:
    account = session_of(request).account
    secret = operations.secret_in(account, sealed) or b""
    name = account.sign_in_name
    target = rules.address_of(secret, name=name, issuer=council().service)
    text = rules.as_text(secret)
    words = {
        "form": form,
        "sealed": sealed,
        "square": square(target),
        "app_address": target,
        "secret": " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)),
        "name": name,
        "back_url": address(request, "mfa:overview"),
    }
    return render(request, "accounts/mfa/apps/add.html", words)
