"""Callers checked by several of the staff at the same moment, in threads on the served database."""

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_PREPARE = (
    """
from accounts.call_codes import operations as codes
from accounts.limits.operations import hit
from accounts.limits.table import COUNTER_CHECKS
from accounts.models import CallCode
from tests import factories
"""
    + AT_ONCE
)
_SHOWN = (
    _PREPARE
    + """
    code = codes.show(session=factories.session(account, proofs=[], level=2)).code
    take = lambda: codes.take_shown(account=account, code=code)
    found.append(sorted(at_once(take, take)))
print(json.dumps(found))
"""
)
_GUESSED = (
    _PREPARE
    + """
    code = codes.show(session=factories.session(account, proofs=[], level=2)).code
    at_once(*[lambda: codes.take_shown(account=account, code="CDFGHJKM")] * 8)
    is_right = codes.take_shown(account=account, code=code)
    found.append([CallCode.objects.get(account=account).tries, is_right])
print(json.dumps(found))
"""
)
_PAPERS = (
    """
from django.conf import settings
settings.LIMITS_ENABLED = True
"""
    + _PREPARE
    + """
    check = lambda: hit(COUNTER_CHECKS, str(account.pk)).allowed
    found.append(sum(at_once(*[check] * 8)))
print(json.dumps(found))
"""
)


def test_of_two_of_the_staff_who_type_one_code_at_once_one_knows_the_caller(served: Served) -> None:
    assert told(served, _SHOWN, address="call-code-shown") == [[False, True]] * ROUNDS


def test_of_guesses_at_once_five_count_and_then_not_even_the_code_is_right(served: Served) -> None:
    assert told(served, _GUESSED, address="call-code-guessed") == [[5, False]] * ROUNDS


def test_of_papers_typed_at_once_five_are_looked_at(served: Served) -> None:
    assert told(served, _PAPERS, address="papers-at-once") == [5] * ROUNDS
