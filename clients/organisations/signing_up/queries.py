"""Reads what keeps an organisation from a name."""

from clients.organisations import rules
from clients.organisations.queries import lookalike_problem
from clients.organisations.rules import NameProblem
from clients.organisations.signing_up.rules import self_given_problem


def name_problem(name: str) -> NameProblem | None:
    """Return why nobody may sign up an organisation of this name, if so."""
    return rules.name_problem(name) or self_given_problem(name) or lookalike_problem(name)
