"""Which of the languages we have somebody wants."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_supported_language_variant

# More than anybody reads, and each costs a look-up.
_MOST_TAGS = 10
_LONGEST_TAG = 35


def first_of(tags: Iterable[str]) -> str:
    """Return our language for the first tag (RFC 5646) that we have one for, or nothing."""
    return next(filter(None, map(ours, list(tags)[:_MOST_TAGS])), "")


def ours(tag: str) -> str:
    """Return our language for a tag, also for a region's that we have without it, or nothing."""
    if not tag or len(tag) > _LONGEST_TAG or not tag.isascii():
        return ""
    try:
        return get_supported_language_variant(tag.lower())
    except LookupError:
        return ""


def language_for(kept: str) -> str:
    """Return the language of what is written to somebody: theirs while we have it, else our own.

    A language can leave the settings while accounts and queued mails still name it.
    """
    default: str = settings.LANGUAGE_CODE
    return ours(kept) or default


def several() -> bool:
    """Say whether there is anything to choose."""
    return len(settings.LANGUAGES) > 1
