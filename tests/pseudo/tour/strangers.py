"""Whoever is not signed in, at every page that has an address of its own."""

from tests.accounts.visitor import Visitor
from tests.pseudo.looking import wander


def everywhere() -> None:
    visitor = Visitor()
    wander(visitor, visitor.begin("/account"))


PARTS = (everywhere,)
