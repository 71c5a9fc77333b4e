"""Notes a death that somebody of the staff was told of, and tells the support leads."""

from typing import Final

from django.db import transaction

from accounts.audit.actor import staff
from accounts.models import Account, DeathNote
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue_about
from accounts.staff import Role
from accounts.staffing.queries import holders
from accounts.suspension.deaths import operations as deaths
from accounts.suspension.deaths import queries
from idp.console.helping.operations import about
from idp.models import HelpSession

_LONGEST_NAME: Final = 120


@transaction.atomic
def note(*, help_session: HelpSession, account: Account, evidence: DeathNote.Evidence) -> None:
    """Hold the account, and tell every support lead but who notes it.

    Its owner hears nothing of it, and one person is enough for it: a mistake, or a lie that keeps
    somebody's notices from them, would else be seen by nobody.

    Raises:
        NotNotedError: it is closed.
    """
    before = queries.in_force(account)
    by, within = staff(help_session.staff), about(help_session)
    deaths.note(account=account, evidence=evidence, by=by, about=within)
    # Also where evidence takes away the day on which it would have lapsed by itself.
    if before is None or (before.lapses_at is not None and evidence != DeathNote.Evidence.CALL):
        _tell(help_session.staff)


def _tell(by: Account) -> None:
    for lead in holders(Role.SUPPORT_LEAD):
        if lead.pk != by.pk:
            queue_about(
                template=Template.STAFF_DEATH_NOTED,
                name=by.full_name[:_LONGEST_NAME],
                address=lead.staff_member.work_email,
                language=lead.language,
                account=lead,
            )
