"""One visit to the directory, in both directions: what is asked over there, and what it opens here.

Between two writes the directory is asked, outside any transaction.
"""

import logging
from collections.abc import Mapping
from typing import Final

from accounts.security.browser import BrowserId
from accounts.staffing.directory import operations, rules
from accounts.staffing.directory.asking.client import Directory, Said
from accounts.staffing.directory.asking.problems import DeclinedError, DirectoryError, SilentError
from accounts.staffing.directory.configuration import Configuration
from accounts.staffing.directory.operations import Admitted, Arrival, Vouched
from accounts.staffing.directory.rules import Refusal

logger = logging.getLogger(__name__)

_LONGEST_CODE: Final = 4096


def depart(configuration: Configuration, browser: BrowserId) -> str | Refusal:
    """Return the address at the directory to send this browser to, or why it goes nowhere."""
    departure = operations.begin(browser=browser)
    try:
        return Directory(configuration).departure(
            state=departure.state, nonce=departure.nonce, verifier=departure.verifier
        )
    except DirectoryError as error:
        return _noted(_reason(error))


def come_back(
    configuration: Configuration, browser: BrowserId, answer: Mapping[str, str]
) -> Admitted | Refusal:
    """Take what a browser brought from the directory; return whose account it leads to."""
    arrival = operations.arrive(state=answer.get("state", ""), browser=browser)
    if arrival is None:
        return _noted(Refusal.NOT_BEGUN_HERE)
    directory = Directory(configuration)
    try:
        if reason := _answer_problem(directory, answer):
            return _noted(reason)
        said = _exchanged(directory, arrival, answer["code"])
    except DirectoryError as error:
        return _noted(_reason(error))
    if rules.groups_unsaid(said.claims, configuration.group_claim):
        return _noted(Refusal.GROUPS_NOT_SAID)
    person = rules.person_in(said.subject, said.claims)
    if isinstance(person, Refusal):
        return _noted(person)
    vouched = Vouched(
        directory.issuer, person, configuration.roles_of(said.claims), said.refresh_token
    )
    admitted = operations.admit(visit=arrival.visit, vouched=vouched)
    return admitted.refusal or admitted


def _exchanged(directory: Directory, arrival: Arrival, code: str) -> Said:
    return directory.arrival(
        code=code,
        nonce=arrival.nonce,
        verifier=arrival.verifier,
        since=arrival.visit.began_at,
    )


def _answer_problem(directory: Directory, answer: Mapping[str, str]) -> Refusal | None:
    """Return why an answer is not even exchanged.

    RFC 9207 §2.4: another server's answer would hand its code, or ours, to the wrong one.
    """
    named = answer.get("iss")
    if named != directory.issuer and (named is not None or directory.answers_with_issuer()):
        return Refusal.ANOTHER_ISSUER
    code = answer.get("code", "")
    if "error" in answer or not 0 < len(code) <= _LONGEST_CODE or not code.isprintable():
        return Refusal.DECLINED
    return None


def _noted(reason: Refusal) -> Refusal:
    operations.refuse(reason=reason)
    return reason


def _reason(error: DirectoryError) -> Refusal:
    # What exactly it was is for whoever runs this; it may tell of the inside of the network.
    logger.warning("directory not believed: %s: %r", type(error).__name__, str(error))
    if isinstance(error, DeclinedError):
        return Refusal.DECLINED
    return Refusal.SILENT if isinstance(error, SilentError) else Refusal.UNTRUSTED
