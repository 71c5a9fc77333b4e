"""The page that makes text messages a second step."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in
from accounts.mfa.queries import has_second_step
from accounts.mfa.text_messages import operations
from accounts.mfa.text_messages.operations import NotPossibleError
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.texts import outgoing
from accounts.texts.queries import number_of


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoroughRequest) -> HttpResponse:
    """Say what a text message is good for, and use the account's number when asked to."""
    if not outgoing.is_on():
        raise Http404
    session = session_of(request)
    if request.method == "POST":
        try:
            operations.add(session=session, by=resident(session.account))
        except NotPossibleError:
            return _page(request)
        except AccountChangedError:
            return redirect(request.get_full_path())
        return redirect("mfa:overview")
    return _page(request)


def _page(request: BoroughRequest) -> HttpResponse:
    account = session_of(request).account
    words = {"number": number_of(account), "alone": not has_second_step(account)}
    return render(request, "accounts/mfa/text_messages/add.html", words)
