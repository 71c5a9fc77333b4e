"""Mails on each step: that something changed or waits, never what."""

from accounts.models import Account, StaffRole
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue_about
from accounts.staffing.queries import holders
from clients.approval.people import same_people
from clients.models import Application, Submission
from clients.organisations.members import queries as members
from clients.organisations.members.telling import tell


def tell_owners(
    submission: Submission, template: Template, *, unless: Account | None = None
) -> None:
    """Write to each owner of the application's organisation, but not to whoever did it."""
    tell_owners_of(submission.application, template, unless=unless)


def tell_owners_of(
    application: Application, template: Template, *, unless: Account | None = None
) -> None:
    """Do the same about an application."""
    organisation = application.organisation
    for owner in members.owners(organisation).exclude(account=unless):
        tell(owner.account, organisation, template, about=application.name)


def tell_approvers(submission: Submission) -> None:
    """Write to everybody who may sign it off: not to members of its organisation."""
    application = submission.application
    members = Account.objects.filter(memberships__organisation=application.organisation)
    for account in holders(StaffRole.Role.APPROVER).exclude(pk__in=same_people(members)):
        queue_about(
            template=Template.SUBMISSION_WAITING,
            name=application.name,
            address=account.staff_member.work_email,
            language=account.language,
            account=account,
        )
