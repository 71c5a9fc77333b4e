"""Letters by GOV.UK Notify, as precompiled files; it prints and posts them."""

from io import BytesIO

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from accounts.letters.outgoing import NotSentError


class NotifyLetters:
    """Uploads each letter; the key must belong to a service that none of the staff can open."""

    def hand_over(self, paper: bytes, *, reference: str) -> None:
        """Upload one letter.

        Raises:
            NotSentError: Notify cannot be reached or refused it.
        """
        try:
            client = NotificationsAPIClient(settings.NOTIFY_API_KEY)
            client.send_precompiled_letter_notification(reference, BytesIO(paper))
        # The client asserts that a key has the form of one.
        except (APIError, AssertionError, OSError, ValueError) as error:
            raise NotSentError(type(error).__name__) from error
