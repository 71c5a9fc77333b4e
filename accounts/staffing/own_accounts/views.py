"""The page by which somebody of the staff says which account as a resident is theirs."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import staff
from accounts.models import Account, ColleagueAccount
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.of_staff import resident_here
from accounts.staffing.decorators import freshly, staff_only
from accounts.staffing.entry.page import home
from accounts.staffing.own_accounts import operations


@staff_only
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request: BoroughRequest) -> HttpResponse:
    """Show who is signed in as a resident in this browser, and note that it is the same person."""
    member = session_of(request).account.staff_member
    account = resident_here(request)
    is_anothers = False
    # Somebody else may have signed in here since the page was shown, which named one person.
    is_same = account is not None and request.POST.get("account") == str(account.pk)
    if account is not None and is_same:
        try:
            operations.flag(account=account, member=member, by=staff(member.account))
            return HttpResponseRedirect(reverse("staff:own_account"), status=303)
        except operations.SomebodyElsesError:
            is_anothers = True
    words = {
        "resident": account,
        "back_url": home(),
        "is_noted": account is not None and _is_noted(account, member.account),
        "is_anothers": is_anothers,
        "is_changed": request.method == "POST" and not is_same,
        "noted": ColleagueAccount.objects.filter(staff=member.account).count(),
    }
    return render(request, "accounts/staffing/own_account.html", words)


def _is_noted(account: Account, owner: Account) -> bool:
    return ColleagueAccount.objects.filter(account=account, staff=owner).exists()
