"""Text messages by GOV.UK Notify."""

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from accounts.texts.outgoing import NotSentError


class NotifyTexts:
    """Sends by NOTIFY_TEXT_TEMPLATE, whose whole text is `((message))`."""

    def send(self, number: str, text: str, *, reference: str) -> None:
        """Send one message.

        Raises:
            NotSentError: Notify cannot be reached or refused it.
        """
        try:
            client = NotificationsAPIClient(settings.NOTIFY_API_KEY)
            client.send_sms_notification(
                phone_number=number,
                template_id=settings.NOTIFY_TEXT_TEMPLATE,
                personalisation={"message": text},
                reference=reference,
            )
        # The client asserts that a key has the form of one.
        except (APIError, AssertionError, OSError, ValueError) as error:
            raise NotSentError(type(error).__name__) from error
