"""Everything that can stop a visitor, in one table: the status, and what the page says."""

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a problem's page says, and whether it offers to start the sign-in again."""

    status: HTTPStatus
    heading: str
    text: str
    sign_in: bool = True


class Problem(Enum):
    """Each way in which a visitor can get stuck."""

    ANSWER_UNKNOWN = Explanation(
        HTTPStatus.BAD_REQUEST,
        "This sign-in can no longer be used",
        "It was used already, it was started in another browser, or it took too long. "
        "Nothing is wrong with your account.",
    )
    ANSWER_FROM_ELSEWHERE = Explanation(
        HTTPStatus.BAD_REQUEST,
        "We stopped this sign-in to keep you safe",
        "The answer did not come from Borough Login, where we sent you.",
    )
    ANSWER_INCOMPLETE = Explanation(
        HTTPStatus.BAD_REQUEST,
        "We could not finish signing you in",
        "The answer from Borough Login was incomplete.",
    )
    ANSWER_UNTRUSTED = Explanation(
        HTTPStatus.BAD_GATEWAY,
        "We stopped this sign-in to keep you safe",
        "We could not be sure that the answer from Borough Login was meant for us. "
        "You are not signed in.",
    )
    NOT_SHARED = Explanation(
        HTTPStatus.OK,
        "You chose not to share your details",
        "We received nothing about you, so we could not sign you in. "
        "That is your choice, and you can change your mind.",
    )
    NOT_STRONG = Explanation(
        HTTPStatus.OK,
        "You need another way to sign in to use this",
        "Besides a password we ask for something that only you have, such as a code from an app "
        "or from a printed sheet, because your rent and your income are nobody else's business. "
        "You can set it up when you start again.",
    )
    DECLINED = Explanation(
        HTTPStatus.BAD_REQUEST,
        "Borough Login could not sign you in",
        "It told us why in the words below, which our staff will understand.",
    )
    UNREACHABLE = Explanation(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "We cannot reach Borough Login",
        "It may be starting, or being repaired. Wait a minute, then try again.",
    )
    LEFT_HERE_ONLY = Explanation(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "You are signed out here only",
        "We cannot reach Borough Login, so you may still be signed in there. "
        "Close this browser if other people use it.",
        sign_in=False,
    )
    FORM_TOO_OLD = Explanation(
        HTTPStatus.FORBIDDEN,
        "This page was too old to use",
        "Go to our first page and choose again. Nothing was changed.",
        sign_in=False,
    )
    NOT_UNDERSTOOD = Explanation(
        HTTPStatus.BAD_REQUEST,
        "We could not understand that request",
        "The address may have been copied wrongly. Go to our first page.",
        sign_in=False,
    )
    NOT_FOUND = Explanation(
        HTTPStatus.NOT_FOUND,
        "Page not found",
        "If you typed the address, check that it is right. Or go to our first page.",
        sign_in=False,
    )
    WRONG_METHOD = Explanation(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "This page cannot be opened like that",
        "Go to our first page and choose from there.",
        sign_in=False,
    )

    @property
    def explanation(self) -> Explanation:
        """What its page says."""
        return self.value
