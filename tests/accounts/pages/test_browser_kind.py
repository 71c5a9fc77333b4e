"""What kind of browser somebody uses, in words."""

import pytest

from accounts.pages.browser_kind import browser_words

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36"


@pytest.mark.parametrize(
    "user_agent, words",
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/156.0", "Edge on Windows"),
        (f"{CHROME} OPR/120.0", "Opera on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/1", "Chrome on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/19 Safari/6", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 16) Firefox/140.0", "Firefox on Android"),
        ("", "a browser we do not know"),
    ],
)
def test_a_browser_is_named_by_its_kind(user_agent: str, words: str) -> None:
    assert browser_words(user_agent) == words


@pytest.mark.parametrize(
    "user_agent", ["<b>you won</b> https://evil.example", "", "\x00", "curl/8"]
)
def test_nothing_of_the_headers_own_text_reaches_the_mail(user_agent: str) -> None:
    assert browser_words(user_agent) == "a browser we do not know"
