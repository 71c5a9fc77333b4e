"""What commands of the form `manage.py NOUN VERB … [--json]` share.

Exit codes: 0 done; 1 refused, because of how things are; 2 misused, because of what was typed;
a verb may have another for one thing of which whoever asked has to know (`Outcome.status`).
"""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.management import printing

Row = Mapping[str, object]
Options = Mapping[str, Any]


class Refused(CommandError):  # noqa: N818 - Django prints the name before the message
    """What was asked cannot be done as things are."""


class Misused(CommandError):  # noqa: N818
    """What was typed makes no sense."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


@dataclass(frozen=True)
class Outcome:
    """What a verb found or made: one thing or a list; `cautions` go to the error output.

    With `wrong`, what was found is not as it should be, and the command fails once it was shown,
    with `status` as its exit code.
    """

    shown: Row | Sequence[Row]
    cautions: tuple[str, ...] = ()
    wrong: str = ""
    status: int = 1


@dataclass(frozen=True)
class Verb:
    """One thing that operators do to a noun."""

    name: str
    summary: str
    run: Callable[[Options], Outcome]
    arguments: tuple[Callable[[ArgumentParser], object], ...] = ()


class OperatorCommand(BaseCommand):
    """A noun; its verbs become sub-commands."""

    verbs: ClassVar[tuple[Verb, ...]]

    def add_arguments(self, parser: CommandParser) -> None:
        """Give each verb its own arguments and all of them `--json`."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb in self.verbs:
            verb_parser = verbs.add_parser(verb.name, help=verb.summary, description=verb.summary)
            verb_parser.add_argument("--json", action="store_true", help="print JSON")
            for add in verb.arguments:
                add(verb_parser)

    def handle(self, *args: str, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Run the verb and print what came of it."""
        verb = next(verb for verb in self.verbs if verb.name == options["verb"])
        outcome = verb.run(options)
        for caution in outcome.cautions:
            self.stderr.write(caution)
        show = printing.as_json if options["json"] else printing.as_text
        self.stdout.write(show(outcome.shown))
        if outcome.wrong:
            raise Refused(outcome.wrong, returncode=outcome.status)


def argument(*flags: str, **how: Any) -> Callable[[ArgumentParser], object]:
    """Return an argument to list in a verb; takes what `add_argument` takes."""
    return lambda parser: parser.add_argument(*flags, **how)


def count(text: str) -> int:
    """Read a whole number from 1 up, as the `type` of an argument."""
    if not (text.isascii() and text.isdecimal() and int(text[:9])):
        message = f"{text!r} is not a whole number from 1 up"
        raise ArgumentTypeError(message)
    return int(text[:9])


def one_of(*arguments: Callable[[Any], object]) -> Callable[[ArgumentParser], object]:
    """Return arguments of which exactly one must be given."""

    def add(parser: ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group(required=True)
        for add_one in arguments:
            add_one(group)

    return add
