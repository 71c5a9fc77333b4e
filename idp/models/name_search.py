"""What lets somebody of the staff look for a person by name."""

from django.db import models
from django.utils import timezone

from idp.models.help_session import HelpSession


class NameSearch(models.Model):
    """Why names may be searched in one help session, and which accounts the last search showed.

    What was typed is never kept. `found` is empty again once one of them was chosen.
    """

    class Ground(models.TextChoices):
        """Evidence of who somebody at the counter is, or a support lead's reason."""

        PASSPORT = "passport"
        DRIVING_LICENCE = "driving_licence"
        RESIDENCE_PERMIT = "residence_permit"
        OTHER_PHOTO = "other_photo"
        TWO_PAPERS = "two_papers"
        SOMEBODY_DIED = "somebody_died"
        SOMEBODY_AT_RISK = "somebody_at_risk"
        FORGOT_EVERYTHING = "forgot_everything"
        COURT_OR_POLICE = "court_or_police"

    help_session = models.OneToOneField(
        HelpSession, models.CASCADE, primary_key=True, related_name="name_search"
    )
    ground = models.CharField(max_length=20, choices=Ground)
    noted_at = models.DateTimeField(default=timezone.now)
    found = models.JSONField(default=list, db_comment="ids of accounts, to choose from")

    def __str__(self) -> str:
        return str(self.help_session_id)
