"""The pages about an organisation's test residents."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.audit.actor import Actor
from accounts.audit.actor import resident as acting
from accounts.security.access import no_page
from accounts.sessions.middleware import BoroughRequest
from clients.models import Member, TestResident
from clients.organisations.members.decorators import member_may
from clients.organisations.members.finding import own
from clients.organisations.members.rules import Permission, may
from clients.test_residents import operations, page, queries


@member_may(Permission.SEE)
@require_safe
def listed(request: BoroughRequest, member: Member) -> HttpResponse:
    """List them; whoever may use them finds them made when they first look."""
    may_use = may(member.role, Permission.USE_TEST_RESIDENTS)
    residents = list(queries.of(member.organisation))
    if may_use:
        # A look makes nothing but made-up people, and those once: no form is needed for that.
        residents = operations.make_all(organisation=member.organisation, by=_by(member))
    words = {"member": member, "residents": page.listed(residents), "may_use": may_use}
    return render(request, "clients/test_residents/list.html", words)


@member_may(Permission.USE_TEST_RESIDENTS)
@require_safe
def one(request: BoroughRequest, member: Member, number: int) -> HttpResponse:
    """Show one of them, with all that they sign in with now."""
    resident = _found(member, number)
    known = queries.sign_in_with(resident, now=timezone.now())
    words = {
        "member": member,
        "resident": resident,
        "expect": page.expect(resident),
        "signs_in_with": page.signs_in_with(resident, known),
        "details": page.details(resident),
        "done": request.GET.get("done", ""),
    }
    answer = render(request, "clients/test_residents/one.html", words)
    answer["Cache-Control"] = "no-store"
    return answer


@member_may(Permission.USE_TEST_RESIDENTS)
@no_page
@require_POST
def renew(request: BoroughRequest, member: Member, number: int) -> HttpResponse:
    """Give them another password and another secret for codes."""
    del request
    resident = _found(member, number)
    operations.renew(resident=resident, by=_by(member))
    return _back(member, resident, "renewed")


@member_may(Permission.USE_TEST_RESIDENTS)
@no_page
@require_POST
def put_back(request: BoroughRequest, member: Member, number: int) -> HttpResponse:
    """Put them back into the situation that they were made in."""
    del request
    resident = _found(member, number)
    operations.put_back(resident=resident, by=_by(member))
    return _back(member, resident, "put-back")


def _found(member: Member, number: int) -> TestResident:
    return own(queries.of(member.organisation), member=member, number=number)


def _back(member: Member, resident: TestResident, done: str) -> HttpResponse:
    answer = redirect("test_residents:one", member.organisation.slug, resident.pk)
    answer["Location"] += f"?done={done}"
    answer.status_code = 303
    return answer


def _by(member: Member) -> Actor:
    return acting(member.account)
