"""People of a directory, and rounds in which it is asked about them."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, DirectoryLink, StaffMember, StaffRole
from accounts.security.outgoing.client import Fetched
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import FakeDirectory, visit
from tests.accounts.visitor import Response
from tests.factories.authenticators import Manner, SoftwareKey

KEY = "/staff/directory/first-key"


def add_key(desk: Desk, key: SoftwareKey | None = None, manner: Manner | None = None) -> Response:
    """Add a first key in a browser that has been at the directory."""
    made = (key or SoftwareKey()).make(desk.options(KEY), manner)
    return desk.post(KEY, passkey=made)


def employed(
    directory: FakeDirectory, subject: str = "7", *groups: str, **claims: Any
) -> tuple[StaffMember, Desk, SoftwareKey]:
    """Return somebody who came by the directory, the browser they are signed in, and their key."""
    desk, key = Desk(), SoftwareKey()
    directory.employ(subject, *(groups or ("Digital",)), **claims)
    visit(desk, directory, subject)
    add_key(desk, key)
    return DirectoryLink.objects.get(subject=subject).member, desk, key


def check() -> list[dict[str, Any]]:
    """Return what `staff check-directory` prints."""
    out = io.StringIO()
    call_command("staff", "check-directory", "--json", stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def check_in_vain() -> list[dict[str, Any]]:
    """Return the same of a round in which the directory did not say something of everybody."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="said nothing about"):
        call_command("staff", "check-directory", "--json", stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def says() -> list[str]:
    """Return what a round hears, of one after the other."""
    return [row["directory_says"] for row in check()]


def roles_of(member: StaffMember) -> list[str]:
    """Return the roles that they have now."""
    rows = StaffRole.objects.filter(account=member.pk).order_by("role")
    return list(rows.values_list("role", flat=True))


def timeout() -> Fetched:
    """Be a directory that does not answer."""
    raise OutgoingRefusedError(FetchProblem.TIMED_OUT)


def refused(answer: Response, reason: str, status: int = 403) -> None:
    """Assert that a visit opened nothing, for this reason, and left nobody behind."""
    assert answer.status_code == status
    assert "The directory did not let you in" in answer.content.decode()
    last = AuditEvent.objects.filter(event="account:directory_visit:refused").order_by("pk").last()
    assert last is not None
    assert last.reason == f"directory_{reason}"
    assert not StaffMember.objects.filter(directory_link__isnull=False).exists()
