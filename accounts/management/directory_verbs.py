"""`manage.py staff check-directory`."""

from typing import Final

from django.utils import timezone

from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb
from accounts.models import StaffRole
from accounts.staffing.directory.configuration import configured
from accounts.staffing.directory.leavers.round import Look, look
from accounts.staffing.directory.leavers.rules import Heard
from accounts.staffing.standing.queries import of_link

_UNHEARD: Final = frozenset({Heard.SILENT, Heard.NOT_ASKED})


def _looked(options: Options) -> Outcome:
    del options
    configuration = configured()
    if configuration is None:
        message = "No directory is named: set BOROUGH_DIRECTORY_ISSUER"
        raise Refused(message)
    looks = list(look(configuration))
    unheard = sum(one.heard in _UNHEARD for one in looks)
    wrong = f"The directory said nothing about {unheard} of {len(looks)}" if unheard else ""
    return Outcome([_row(one) for one in looks], wrong=wrong)


def _row(one: Look) -> Row:
    one.link.refresh_from_db()
    roles = StaffRole.objects.filter(account=one.link.pk).order_by("role")
    return {
        "account": one.link.pk,
        "work_email": one.link.member.work_email,
        "directory_says": one.heard.value,
        "heard_at": one.link.heard_at,
        "standing": of_link(one.link, now=timezone.now()).value,
        "roles": [f"{row.role} ({row.source})" for row in roles],
    }


VERBS: Final = (
    Verb(
        "check-directory",
        "Ask the directory about all whom it vouches for, and end what leavers have.",
        _looked,
    ),
)
