"""Accents on every letter, and words that are 40% longer."""

import re
from math import ceil

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀćďéƒǵĥíĵķĺḿńöṕʠŕšťúṽŵẋýžÁƁĆĎÉƑǴĤÍĴĶĹḾŃÖṔɊŔŠŤÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
# What is put in or read by machines stays: %(name)s, {name}, tags, entities, formats.
_KEPT = re.compile(r"(%\(\w+\)\w|%%|\{\w*\}|<[^>]*>|&\w+;)")
_WORD = re.compile(r"[^\W\d_]+")
_LONGER = 0.4


def stretched(text: str) -> str:
    """Return the text as our made-up language has it."""
    parts = _KEPT.split(text)
    return "".join(
        part if number % 2 else _WORD.sub(_longer, part) for number, part in enumerate(parts)
    )


def _longer(word: re.Match[str]) -> str:
    accented = word[0].translate(_ACCENTS)
    return accented + accented[-1].lower() * ceil(len(accented) * _LONGER)
