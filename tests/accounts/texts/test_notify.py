"""Letters and text messages through GOV.UK Notify's own client, to one that may fail anyhow."""

import base64
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from notifications_python_client.notifications import NotificationsAPIClient
from pytest_django import Settings

from accounts.letters.notify import NotifyLetters
from accounts.letters.outgoing import NotSentError as LetterNotSentError
from accounts.texts.notify import NotifyTexts
from accounts.texts.outgoing import NotSentError as TextNotSentError
from tests.accounts.texts import fake_notify
from tests.accounts.texts.fake_notify import KEY, WRONG_KEY, Notify

NUMBER, TEMPLATE = "+447700900123", "0f0f0f0f-0000-4000-8000-00000000000a"
TEXT = "Your Borough Login code is below. Give it to nobody.\n123456"
PAPER = b"%PDF-1.7 letter"


@pytest.fixture
def notify(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Notify]:
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE = KEY, TEMPLATE
    # A proxy that the environment names cannot reach this machine's loopback addresses.
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with fake_notify.serving() as served:
        here = partial(NotificationsAPIClient, base_url=served.url, timeout=0.5)
        for adapter in ("texts", "letters"):
            monkeypatch.setattr(f"accounts.{adapter}.notify.NotificationsAPIClient", here)
        yield served


def send_text() -> None:
    NotifyTexts().send(NUMBER, TEXT, reference="text-1")


def send_letter() -> None:
    NotifyLetters().hand_over(PAPER, reference="letter-1")


BOTH = pytest.mark.parametrize(
    "send, error", [(send_text, TextNotSentError), (send_letter, LetterNotSentError)]
)
Send = Callable[[], None]


def test_a_text_message_is_the_whole_of_a_template(notify: Notify) -> None:
    send_text()
    [(path, body)] = notify.taken
    assert path == "/v2/notifications/sms"
    assert body == {
        "phone_number": NUMBER,
        "template_id": TEMPLATE,
        "personalisation": {"message": TEXT},
        "reference": "text-1",
    }


def test_a_letter_is_uploaded_as_it_was_written(notify: Notify) -> None:
    send_letter()
    [(path, body)] = notify.taken
    assert path == "/v2/notifications/letter"
    assert body["reference"] == "letter-1"
    assert base64.b64decode(body["content"]) == PAPER


@BOTH
@pytest.mark.parametrize("key", [WRONG_KEY, "", "x", KEY[:-1]])
def test_a_wrong_key_sends_nothing(
    notify: Notify, settings: Settings, send: Send, error: type[Exception], key: str
) -> None:
    settings.NOTIFY_API_KEY = key
    with pytest.raises(error):
        send()
    assert notify.taken == []


@BOTH
@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize(
    "text", ['{"errors": [{"error": "E", "message": "M"}]}', "<p>Proxy</p>", ""]
)
def test_what_notify_refuses_was_not_sent(
    notify: Notify, send: Send, error: type[Exception], status: int, text: str
) -> None:
    notify.status, notify.text = status, text
    with pytest.raises(error) as raised:
        send()
    assert "123456" not in str(raised.value)


@BOTH
def test_an_answer_that_is_none_counts_as_not_sent(
    notify: Notify, send: Send, error: type[Exception]
) -> None:
    notify.status, notify.text = 200, "<p>Sign in to the network</p>"
    with pytest.raises(error, match="InvalidResponse"):
        send()


@BOTH
def test_a_notify_that_does_not_answer_in_time_is_not_waited_for(
    notify: Notify, send: Send, error: type[Exception]
) -> None:
    notify.seconds = 1.5
    with pytest.raises(error):
        send()


@BOTH
def test_a_notify_that_cannot_be_reached_is_no_crash(
    notify: Notify, monkeypatch: pytest.MonkeyPatch, send: Send, error: type[Exception]
) -> None:
    nowhere = partial(NotificationsAPIClient, base_url="http://127.0.0.1:9", timeout=0.5)
    for adapter in ("texts", "letters"):
        monkeypatch.setattr(f"accounts.{adapter}.notify.NotificationsAPIClient", nowhere)
    with pytest.raises(error):
        send()
    assert notify.taken == []
