"""What the trail keeps of a value, whatever a client or a stranger puts there."""

import pytest

from idp.trail.rules import LEFT_OUT, harmless

pytestmark = pytest.mark.once
SECRET = "s" * 43
LONGEST = 500


@pytest.mark.parametrize(
    "parameter", ["", "code", "client_secret", "id_token_hint", "login_hint", "state", "SCOPE"]
)
def test_nothing_is_kept_of_what_may_prove_something_or_name_a_resident(parameter: str) -> None:
    assert harmless(parameter, "openid") == ""


@pytest.mark.parametrize("parameter", ["scope", "prompt", "redirect_uri", "resource", "vtr"])
def test_what_may_be_a_secret_in_the_wrong_place_is_left_out(parameter: str) -> None:
    kept = harmless(parameter, f"https://bins.example/{SECRET}/end")
    assert SECRET not in kept
    assert kept.endswith(f"{LEFT_OUT}/end")


@pytest.mark.parametrize(
    "sent, kept",
    [
        ("https://bins.example/callback", "https://bins.example/callback"),
        ("https://bins.example/@ann/callback", "https://bins.example/@ann/callback"),
        ("https://bins.example/cb?code=word", f"https://bins.example/cb?{LEFT_OUT}"),
        ("https://bins.example/cb#code=word", f"https://bins.example/cb#{LEFT_OUT}"),
        ("https://bins.example?code=word", f"https://bins.example?{LEFT_OUT}"),
        ("https://ann:word@bins.example/cb", "https://bins.example/cb"),
        ("https://ann@x:word@bins.example/cb", "https://bins.example/cb"),
        ("//ann:word@bins.example/cb", "//bins.example/cb"),
        ("https:ann:word@bins.example/cb", "bins.example/cb"),
        ("a:https://ann:word@bins.example/cb", "a:https://bins.example/cb"),
        ("\\\\ann:word@bins.example/cb", "bins.example/cb"),
    ],
)
def test_an_address_is_kept_without_query_and_user(sent: str, kept: str) -> None:
    assert harmless("redirect_uri", sent) == kept


@pytest.mark.parametrize(
    "sent",
    ["a\nb", "a\r\nb", "a\x00b", "a\x1b[31mb", "a\u202eb", "a\u200bb", "a\u2028b", "a\ud800b"],
)
def test_one_line_is_kept_in_which_nothing_is_hidden(sent: str) -> None:
    for parameter in ("scope", "redirect_uri"):
        kept = harmless(parameter, sent)
        assert kept.isascii()
        assert kept.isprintable()
        assert kept.startswith("a\\")


@pytest.mark.parametrize("character", ["a ", "/", "@", "?", "\u202e", "\U0001f600", "\n"])
def test_however_much_is_sent_little_is_kept(character: str) -> None:
    for parameter in ("scope", "redirect_uri"):
        assert len(harmless(parameter, character * 100_000)) <= LONGEST
