"""The pages that ask for the new way to sign in: a password, or a passkey and no password."""

from typing import Final

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.assurance import Level
from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import PASSKEY_OPTIONS_NETWORK
from accounts.mfa.passkeys import options
from accounts.mfa.passkeys.operations import Asked, KeyKnownError, check_new
from accounts.mfa.passkeys.wording import TAKEN, words_for
from accounts.models import Challenge, RecoveryRequest
from accounts.pages import busy
from accounts.pages.browser_kind import browser_words
from accounts.pages.forms import GovukForm
from accounts.passwords.hash_queue import HashesBusyError
from accounts.passwords.operations import hashed
from accounts.recovery.behind_link import refused
from accounts.recovery.forms import NewPasskeyForm, NewPasswordForm
from accounts.recovery.opening import operations, queries
from accounts.recovery.opening.operations import Recovered
from accounts.recovery.rules import CHOOSING_LASTS, Refusal
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.flow import Wanted

PASSWORD: Final = "recovery:choose"
PASSKEY: Final = "recovery:choose_passkey"
# The field that the page's script fills in.
ANSWER: Final = "passkey"


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: BoroughRequest) -> HttpResponse:
    """Ask for the new password of a recovery that this browser has opened."""
    row = _opened(request)
    if row is None:
        return refused(request, Refusal.OVER)
    form = NewPasswordForm(request.POST or None, account=row.account)
    if request.method == "POST" and form.is_valid():
        return _take_password(request, row, form)
    return _password_page(request, row, form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: BoroughRequest) -> HttpResponse:
    """Say who could use a passkey, and take the one that the browser makes."""
    row = _opened(request)
    if row is None:
        return refused(request, Refusal.OVER)
    form = NewPasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _take_passkey(request, row, form)
    return _passkey_page(request, row, form)


@public
@no_page
@require_POST
def ask_passkey(request: BoroughRequest) -> HttpResponse:
    """Give the page's script the wish for a passkey, in a browser that may choose one."""
    if not hit(PASSKEY_OPTIONS_NETWORK, network_of(request.META["REMOTE_ADDR"])).allowed:
        return JsonResponse({}, status=429)
    row = _opened(request)
    if row is None:
        return JsonResponse({}, status=404)
    form = NewPasskeyForm(request.POST)
    is_neutral = form.is_valid() and form.cleaned_data["is_neutral"]
    wish = options.for_recovery(
        request.browser,
        account=row.account,
        name=options.neutral_name() if is_neutral else row.account.sign_in_name,
        is_shared_device=_is_shared_device(request),
    )
    return JsonResponse(wish)


@public
@require_safe
def chosen(request: BoroughRequest) -> HttpResponse:
    """Say that the way in is new, and lead to it: nobody is signed in by that."""
    flow = flows.current(request)
    sign_in = flows.address(flow) if flow else flows.start_address()
    return render(request, "accounts/recovery/chosen.html", {"sign_in_url": sign_in})


def address(page: str, row: RecoveryRequest) -> str:
    """Return the address of one of these pages for the recovery."""
    return f"{reverse(page)}?{urlencode({'recovery': str(row.pk)})}"


def _opened(request: BoroughRequest) -> RecoveryRequest | None:
    row = queries.by_id(request.GET.get("recovery", ""))
    is_opened = row is not None and queries.may_choose(row, row.account, request.browser)
    return row if is_opened else None


def _take_password(
    request: BoroughRequest, row: RecoveryRequest, form: NewPasswordForm
) -> HttpResponse:
    try:
        # Before the transaction: a slow hash must not hold the database's write lock.
        encoded = hashed(form.cleaned_data["password"])
    except HashesBusyError as error:
        busy.note_in(form, error)
        return busy.answer(_password_page(request, row, form), error)
    recovered = operations.complete(
        request=row, encoded=encoded, browser=request.browser, by=ANONYMOUS
    )
    return _done(request, recovered)


def _take_passkey(
    request: BoroughRequest, row: RecoveryRequest, form: NewPasskeyForm
) -> HttpResponse:
    asked = Asked(Challenge.Purpose.RECOVERY, request.browser, account=row.account)
    made = check_new(answer=request.POST.get(ANSWER, ""), asked=asked)
    if made.key is None:
        if made.refusal is not None:
            note_step(request, made.refusal)
        form.add_error(None, str(words_for(made.refusal)))
        return _passkey_page(request, row, form)
    try:
        recovered = operations.complete_with_passkey(
            request=row,
            made=made,
            label=browser_words(request.headers.get("User-Agent", "")),
            browser=request.browser,
            by=ANONYMOUS,
        )
    except KeyKnownError:
        form.add_error(None, str(TAKEN))
        return _passkey_page(request, row, form)
    return _done(request, recovered)


def _done(request: BoroughRequest, recovered: Recovered | None) -> HttpResponse:
    if recovered is None:
        return refused(request, Refusal.OVER)
    home = reverse("profile:account")
    level = Level.TWO_FACTORS if recovered.had_second_way else Level.ONE_FACTOR
    wanted = Wanted(level=level, give_up_to=home)
    return redirect(flows.begin(request, return_to=home, wanted=wanted, page="recovery:chosen"))


def _password_page(request: BoroughRequest, row: RecoveryRequest, form: GovukForm) -> HttpResponse:
    words = {**_words(row), "form": form, "by_passkey": address(PASSKEY, row)}
    return render(request, "accounts/recovery/choose.html", words)


def _passkey_page(request: BoroughRequest, row: RecoveryRequest, form: GovukForm) -> HttpResponse:
    words = {
        **_words(row),
        "form": form,
        "by_password": address(PASSWORD, row),
        "options": address("recovery:passkey_options", row),
        "is_shared_device": _is_shared_device(request),
    }
    return render(request, "accounts/recovery/choose_passkey.html", words)


def _words(row: RecoveryRequest) -> dict[str, object]:
    until = row.opened_at + CHOOSING_LASTS if row.opened_at else None
    return {"account": row.account, "expires_at": until}


def _is_shared_device(request: BoroughRequest) -> bool:
    return request.signed_in is not None and request.signed_in.is_shared_device
