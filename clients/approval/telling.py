"""Mails on each step: that something changed or waits, never what."""

from accounts.models import Account, StaffRole
from accounts.notices import queries as notices
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue_about
from accounts.staffing.queries import holders
from clients.models import Application, Member, Submission


def tell_owners(
    submission: Submission, template: Template, *, unless: Account | None = None
) -> None:
    """Write to each owner of the application's organisation, but not to whoever did it."""
    tell_owners_of(submission.application, template, unless=unless)


def tell_owners_of(
    application: Application, template: Template, *, unless: Account | None = None
) -> None:
    """Do the same about an application."""
    owners = application.organisation.members.filter(role=Member.Role.OWNER)
    for member in owners.exclude(account=unless).select_related("account").order_by("pk"):
        _tell(member.account, application, template)


def tell_approvers(submission: Submission) -> None:
    """Write to everybody who may sign it off: not to members of its organisation."""
    members = submission.application.organisation.members.values("account")
    for account in holders(StaffRole.Role.APPROVER).exclude(pk__in=members):
        _tell(account, submission.application, Template.SUBMISSION_WAITING)


def _tell(account: Account, application: Application, template: Template) -> None:
    for row in notices.addresses_to_tell(account)[:1]:
        queue_about(
            template=template,
            name=application.name,
            address=row.address,
            language=account.language,
            account=account,
        )
