"""Text messages that are written to files beside the mails."""

from email.message import EmailMessage
from email.utils import localtime

from django.utils.translation import gettext as _

from accounts.texts.outgoing import NotSentError
from idp.demo import outbox


class OutboxTexts:
    """Puts text messages into the outbox, each as a mail to its number."""

    def send(self, number: str, text: str, *, reference: str) -> None:
        """Write one message.

        Raises:
            NotSentError: the outbox cannot be written to.
        """
        message = EmailMessage()
        message["To"] = number
        message["Date"] = localtime()
        message["Subject"] = _("Text message")
        message["X-Reference"] = reference
        message.set_content(text)
        try:
            outbox.keep(message.as_bytes())
        except OSError as error:
            raise NotSentError(type(error).__name__) from error
