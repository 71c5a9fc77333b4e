"""Redirect URIs of tries that members begin on their organisation's pages.

Each is good for one run of one sandbox application, which nobody can name who did not begin it:
its last part is random. The answer goes to a page of ours, where whoever opens it must be a member.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.security.browser import is_token
from clients.models import Application
from idp.models import TesterRun


def address(run: TesterRun) -> str:
    """Return the redirect URI of this run."""
    application = run.application
    names = [application.organisation.slug, application.slug, run.pk]
    return f"{settings.ISSUER}{reverse('tester:run', args=names)}"


def is_begun(application: Application, uri: str) -> bool:
    """Say whether the URI is that of a run that waits for its answer."""
    run_id = uri.rpartition("/")[2]
    if application.environment != Application.Environment.SANDBOX or not is_token(run_id):
        return False
    waiting = TesterRun.objects.filter(
        application=application, returned_at=None, expires_at__gt=timezone.now()
    )
    run = waiting.select_related("application__organisation").filter(pk=run_id).first()
    return run is not None and address(run) == uri
