"""One round: the directory is asked about everybody whom it ever vouched for."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.fernet import InvalidToken
from django.utils import timezone

from accounts.models import DirectoryLink
from accounts.security import encryption
from accounts.staffing.directory import queries
from accounts.staffing.directory import rules as people
from accounts.staffing.directory.asking.client import Directory
from accounts.staffing.directory.asking.problems import (
    DeclinedError,
    DirectoryError,
    SilentError,
)
from accounts.staffing.directory.configuration import Configuration
from accounts.staffing.directory.leavers import operations, rules
from accounts.staffing.directory.leavers.rules import Heard

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    """Whom the directory was asked about, and what it said."""

    link: DirectoryLink
    heard: Heard


def look(configuration: Configuration) -> Iterator[Look]:
    """Ask about one after the other, and act on each answer before the next question.

    Those of another directory, which the settings named before, count as if it were silent.
    """
    directory, silences = Directory(configuration), 0
    for link in queries.vouched_for():
        if silences >= rules.MOST_SILENCES or link.issuer != configuration.issuer:
            yield Look(link, Heard.NOT_ASKED)
            continue
        heard = _ask(directory, configuration, link)
        silences = silences + 1 if heard is Heard.SILENT else 0
        yield Look(link, heard)


def _ask(directory: Directory, configuration: Configuration, link: DirectoryLink) -> Heard:
    if not operations.claim(link=link, now=timezone.now()):
        return Heard.ASKED_ELSEWHERE
    try:
        token = encryption.decrypt(link.refresh_token).decode()
        said = directory.again(
            refresh_token=token,
            subject=link.subject,
            keep=lambda renewed: operations.renew(link=link, refresh_token=renewed),
        )
        if people.groups_unsaid(said.claims, configuration.group_claim):
            raise SilentError(people.Refusal.GROUPS_NOT_SAID)
    except DeclinedError as refusal:
        if rules.of_refusal(refusal.error) is Heard.GONE:
            return operations.gone(link=link)
        logger.warning("directory refused: %r", refusal.error)
        return operations.silent(link=link, now=timezone.now())
    except (DirectoryError, KeyError, InvalidToken) as error:
        # What exactly it was is for whoever runs this; it may tell of the inside of the network.
        logger.warning("directory not heard: %s: %r", type(error).__name__, str(error))
        return operations.silent(link=link, now=timezone.now())
    return operations.stays(
        link=link, roles_now=configuration.roles_of(said.claims), now=timezone.now()
    )
