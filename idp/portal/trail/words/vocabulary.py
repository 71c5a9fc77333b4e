"""What the words of a reason consist of."""

from typing import NamedTuple, TypeAlias

from django.utils.functional import Promise


class Words(NamedTuple):
    """What happened, and what to do so that it passes.

    Both may name `{sent}`, `{parameter}` and `{issuer}`.
    """

    happened: str | Promise
    fix: str | Promise


Catalogue: TypeAlias = dict[str, Words]
