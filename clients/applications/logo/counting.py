"""Counting uploads: each takes a part of a second to draw, which residents would wait for."""

from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import LOGO_UPLOADS
from clients.models import Application


def count_upload(application: Application) -> None:
    """Count an upload of the application's organisation, before anything of the file is decoded.

    Raises:
        OverLimitError: there were too many.
    """
    verdict = hit(LOGO_UPLOADS, str(application.organisation_id))
    if not verdict.allowed:
        raise OverLimitError(verdict)
