"""Lets a child end when its parent does, even when the parent could not end it."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PR_SET_PDEATHSIG = 1  # prctl(2)


def ends_with_parent(signal_number: int) -> Callable[[], None] | None:
    """Return what Popen's `preexec_fn` needs for that; nothing where the kernel is not Linux."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)  # here, because the child may load nothing after its fork

    def follow() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal_number)

    return follow
