"""The pages that add a passkey or a security key."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.mfa.adding import added, address
from accounts.mfa.decorators import freshly_signed_in_to_add
from accounts.mfa.passkeys import operations, options
from accounts.mfa.passkeys.forms import PasskeyForm, SecurityKeyForm
from accounts.mfa.passkeys.operations import Asked
from accounts.mfa.passkeys.wording import words_for
from accounts.models import Authenticator, Challenge
from accounts.pages.browser_kind import browser_words
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError

Kind = Authenticator.Kind

_FORMS = {Kind.PASSKEY: PasskeyForm, Kind.SECURITY_KEY: SecurityKeyForm}
_ASKS = {
    Kind.PASSKEY: "passkeys:passkey_options",
    Kind.SECURITY_KEY: "passkeys:security_key_options",
}
# The field that the page's script fills in.
ANSWER = "passkey"


@freshly_signed_in_to_add
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoroughRequest, kind: Authenticator.Kind) -> HttpResponse:
    """Say what such a key is and who could use it, and add the one that the browser makes."""
    if request.method != "POST":
        form = _FORMS[kind](initial=_initial(request, kind))
        return _page(request, kind, refill(request, form))
    form = _FORMS[kind](request.POST)
    if not form.is_valid():
        return _page(request, kind, form)
    session, called = session_of(request), form.cleaned_data["label"]
    try:
        done = operations.add(
            session=session,
            asked=Asked(Challenge.Purpose.ADD, request.browser, kind, session.account),
            answer=request.POST.get(ANSWER, ""),
            label=called,
            by=resident(session.account),
        )
    except AccountChangedError:
        return redirect(request.get_full_path())
    if done.started is not None:
        return added(request, done.started)
    if done.refusal is not None:
        note_step(request, done.refusal)
    form.add_error(None, str(words_for(done.refusal)))
    return _page(request, kind, form)


@freshly_signed_in_to_add
@no_page
@require_POST
def ask(request: BoroughRequest, kind: Authenticator.Kind) -> HttpResponse:
    """Give this browser the wish for a new key; a form with errors gets none, but its page."""
    form = _FORMS[kind](request.POST)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    session = session_of(request)
    is_neutral = form.cleaned_data.get("is_neutral", False)
    wish = options.for_adding(
        request.browser,
        account=session.account,
        kind=kind,
        name=options.neutral_name() if is_neutral else session.account.sign_in_name,
        is_shared_device=session.is_shared_device,
    )
    return JsonResponse(wish)


def _initial(request: BoroughRequest, kind: Authenticator.Kind) -> dict[str, object]:
    user_agent = request.headers.get("User-Agent", "")
    suggested = browser_words(user_agent) if kind == Kind.PASSKEY else ""
    return {"label": suggested}


def _page(request: BoroughRequest, kind: Authenticator.Kind, form: SecurityKeyForm) -> HttpResponse:
    words = {
        "form": form,
        "is_passkey": kind == Kind.PASSKEY,
        "is_shared_device": session_of(request).is_shared_device,
        "options": address(request, _ASKS[kind]),
        "back_url": address(request, "mfa:overview"),
    }
    return render(request, "accounts/mfa/passkeys/add.html", words)
