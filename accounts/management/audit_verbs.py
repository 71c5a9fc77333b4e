"""`manage.py audit VERB`."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone

from accounts.audit import keys
from accounts.audit.actor import OPERATOR
from accounts.audit.exporting import operations as exporting
from accounts.audit.keys import NoKeyError, NotAKeyError, PublicKeys
from accounts.audit.purging import operations as purging
from accounts.audit.sealing import copy
from accounts.audit.sealing import operations as sealing
from accounts.audit.verifying import queries as verifying
from accounts.audit.verifying.queries import Report
from accounts.audit.verifying.wording import told
from accounts.management import audit_search
from accounts.management.moments import day_after, moment
from accounts.management.operator_command import (
    Misused,
    Options,
    Outcome,
    Refused,
    Verb,
    argument,
)

# Somebody who changed every row would fill the terminal.
_MOST_FINDINGS: Final = 100
# Two rounds of the timer that seals.
_LATEST_SEAL: Final = timedelta(minutes=10)
_NO_SEAL: Final = "no seal: nothing proves that the log is whole. Does the timer run audit seal?"
_NO_SEAL_STATUS: Final = 3
_NOT_SEALED_LATELY: Final = "Events of more than ten minutes ago wait for a seal: see the timer"


def _sealed(_: Options) -> Outcome:
    try:
        made = sealing.seal()
    except NoKeyError as refused:
        raise _no_key() from refused
    shown = {"seals": len(made), "events": sum(seal.count for seal in made)}
    try:
        return Outcome({**shown, "copied": copy.bring_up_to_date()})
    except copy.UnreachableError as refused:
        wrong = f"The seals are not copied yet: BOROUGH_AUDIT_COPY cannot be written, {refused}"
        return Outcome(shown, wrong=wrong)
    except copy.DiffersError as refused:
        wrong = f"The copy ends in seal {refused}, which the log does not have: see audit verify"
        return Outcome(shown, wrong=wrong)


def _verified(options: Options) -> Outcome:
    file = Path(options["copy"]) if options["copy"] else copy.path()
    try:
        report = verifying.verify(public=_public_keys(options), copy=file)
    except OSError as unreadable:
        message = f"The copy {str(file)!r} cannot be read: {unreadable.strerror}"
        raise Refused(message) from unreadable
    findings = [told(finding) for finding in report.findings[:_MOST_FINDINGS]]
    more = len(report.findings) - len(findings)
    shown = {
        "seals": report.seals,
        "events": report.events,
        "purged": report.purged,
        "unsealed": report.unsealed,
        "last_sealed_at": report.last_sealed_at,
        "copy": str(file or ""),
        "findings": [*findings, f"and {more} more"] if more else findings,
    }
    cautions = () if file else ("Without a copy nobody sees whether the end was cut off: --copy",)
    if findings:
        return Outcome(shown, cautions, "The log is not as it was sealed")
    if not _waits_too_long(report):
        return Outcome(shown, cautions)
    if not report.seals:
        return Outcome(shown, cautions, _NO_SEAL, _NO_SEAL_STATUS)
    return Outcome(shown, (*cautions, _NOT_SEALED_LATELY))


def _waits_too_long(report: Report) -> bool:
    """Whether the timer that seals should have sealed what no seal covers."""
    since = report.unsealed_since
    return since is not None and timezone.now() - since > _LATEST_SEAL


def _public_keys(options: Options) -> PublicKeys:
    name = options["public_key"]
    try:
        return keys.from_lines(Path(name).read_text(encoding="utf-8")) if name else keys.public()
    except (OSError, UnicodeDecodeError, NotAKeyError) as unreadable:
        message = f"{name!r} does not hold public keys, as audit public-key prints them"
        raise Misused(message) from unreadable


def _keys_shown(_: Options) -> Outcome:
    return Outcome(keys.as_texts(keys.public()))


def _exported(options: Options) -> Outcome:
    file = Path(options["file"])
    try:
        with file.open("x", encoding="ascii") as opened:
            file.chmod(0o600)
            written = exporting.export(
                to=opened, since=options["since"], until=options["until"], by=OPERATOR
            )
    except OSError as refused:
        message = f"{str(file)!r} cannot be written: {refused.strerror}"
        raise Misused(message) from refused
    return Outcome({"file": str(file), **vars(written)})


def _purged(options: Options) -> Outcome:
    try:
        row = purging.purge(before=options["before"], by=OPERATOR)
    except purging.TooYoungError as refused:
        message = f"Events from {purging.earliest():%d %b %Y} on are kept: BOROUGH_AUDIT_YEARS"
        raise Refused(message) from refused
    except purging.NotOwnerError as refused:
        message = "Only the database's owner purges the log: name that role in BOROUGH_DATABASE_URL"
        raise Refused(message) from refused
    except purging.NotWholeError as refused:
        message = "What would go is not as it was sealed: see audit verify. Nothing was purged"
        raise Refused(message) from refused
    except purging.NothingToPurgeError as refused:
        message = "No whole seal is that old"
        raise Refused(message) from refused
    except NoKeyError as refused:
        raise _no_key() from refused
    return Outcome({"first_seal": row.first_seal, "last_seal": row.last_seal, "events": row.count})


def _no_key() -> Refused:
    return Refused("There is no key to sign with: set BOROUGH_AUDIT_KEYS")


_SINCE: Final = argument("--from", dest="since", type=moment, metavar="DAY", help="this day on")
_UNTIL: Final = argument("--to", dest="until", type=day_after, metavar="DAY", help="to its end")

VERBS: Final = (
    Verb("seal", "Seal what was recorded since the last seal, and copy the seals.", _sealed),
    Verb(
        "verify",
        "Say what was done to the log since it was sealed; fails if anything was (1), or if "
        "nothing ever sealed it (3).",
        _verified,
        (
            argument("--public-key", metavar="FILE", help="what public-key printed"),
            argument("--copy", metavar="FILE", help="the outside copy, if not BOROUGH_AUDIT_COPY"),
        ),
    ),
    Verb("public-key", "Print the public keys, by which auditors verify.", _keys_shown),
    Verb(
        "export",
        "Write the log, with its seals, to a new file as JSON lines.",
        _exported,
        (argument("--file", required=True), _SINCE, _UNTIL),
    ),
    Verb(
        "search",
        "List events, the newest first; searching is an event too.",
        lambda options: audit_search.found(options, by=OPERATOR),
        (*audit_search.ARGUMENTS, _SINCE, _UNTIL),
    ),
    Verb(
        "purge",
        "Delete the oldest events for good, whole seals of them, and leave a tombstone.",
        _purged,
        (argument("--before", required=True, type=moment, metavar="DAY"),),
    ),
)
