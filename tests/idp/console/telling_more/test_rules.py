"""Whether what a caller tells may belong to the case that is open."""

from uuid import UUID

import pytest

from idp.console.telling_more.rules import Known, is_about_another

ADA, BEN = UUID(int=1), UUID(int=2)
A, B = frozenset({"a@x"}), frozenset({"b@x"})


@pytest.mark.parametrize(
    "case, told, expected",
    [
        (Known(), Known(), False),
        (Known(), Known(ADA, A), False),
        (Known(ADA, A), Known(), False),
        (Known(ADA, A), Known(ADA, A), False),
        (Known(ADA, A), Known(ADA, B), False),
        (Known(ADA, A), Known(BEN, A), True),
        (Known(ADA, A), Known(BEN, B), True),
        (Known(ADA, A), Known(None, A), False),
        (Known(ADA, A), Known(None, B), True),
        (Known(None, A), Known(ADA, A), False),
        (Known(None, A), Known(ADA, B), True),
        (Known(None, A), Known(None, A), False),
        (Known(None, A), Known(None, B), True),
    ],
)
def test_a_case_stays_of_whom_it_was(case: Known, told: Known, *, expected: bool) -> None:
    assert is_about_another(case, told) is expected
