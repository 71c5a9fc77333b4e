"""The mails that go with a recovery."""

from accounts.models import RecoveryRequest
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.notices.operations import queue
from accounts.notices.queries import addresses_to_tell


def mail(template: Template, request: RecoveryRequest, *, news: News | None = None) -> None:
    """Queue the mail to every confirmed address of the account that is not unsafe."""
    for row in addresses_to_tell(request.account):
        queue(
            template=template,
            address=row.address,
            language=request.account.language,
            account=request.account,
            recovery=request,
            news=news,
        )
