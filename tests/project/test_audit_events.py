"""Every write is recorded, and every event of the list is recorded somewhere."""

import ast
from functools import cache
from pathlib import Path

import pytest

from accounts.audit.events import Event
from tests.project import source
from tests.project.source import Function

OPERATIONS = source.of_apps("operations.py")
WRITES = {
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update",
    "update_or_create",
}
# Public functions that write rows and record nothing, and why.
NO_FACT = {
    "accounts/audit/sealing/operations.py": "a seal is about events, and proves itself",
    "accounts/call_codes/operations.py:mail": "its caller records who of the staff had it mailed",
    "accounts/call_codes/operations.py:take_mailed": "what it proves, or that it failed, is one",
    "accounts/call_codes/operations.py:take_shown": "what it proves, or that it failed, is one",
    "accounts/closing/operations.py:note_joined": "its caller records the joining",
    "accounts/closing/operations.py:note_left": "its caller records the leaving",
    "accounts/closing/operations.py:wait_anew": "its caller records the reinstating",
    "accounts/help_codes/operations.py": "a help code says where help is needed, and is gone soon",
    "accounts/lost_jobs/operations.py": "a job is no fact; what it does is one",
    "accounts/mailbox/operations.py": "its caller records that the address was given up",
    "accounts/limits/operations.py": "a count of tries; the try itself is recorded where it fails",
    "accounts/mfa/apps/operations.py:check": "the session that it leads to is the fact",
    "accounts/mfa/code_sheets/operations.py:check": "the session that it leads to is the fact",
    "accounts/mfa/recovery_codes/operations.py:check": "the session that it leads to is the fact",
    "accounts/names/operations.py:note_words": "its caller records the name's change",
    "accounts/notices/operations.py": "the mail's row is its record",
    "accounts/passwords/operations.py:check": "the same password under dearer costs",
    "accounts/passwords/operations.py:vouched": "the second step beside it is in the session",
    "accounts/mfa/text_messages/operations.py:check": "the sign-in that it proves records it",
    "accounts/recovery/codes/operations.py:matches": "a count of tries",
    "accounts/recovery/codes/operations.py:take": "a count of tries; what it begins is recorded",
    "accounts/recovery/waiting/operations.py:wait_anew": "its caller records whose death is undone",
    "accounts/retention/operations.py:empty": "the end of the account is the fact; its caller's",
    "accounts/retention/operations.py:purge": "what goes when its time is over, as declared",
    "accounts/sessions/operations.py:seen": "being there is no fact",
    "accounts/sessions/late_forms/operations.py": "what waits in a form changes nothing yet",
    "accounts/staffing/directory/operations.py:begin": "somebody left for it; what comes is a fact",
    "accounts/staffing/directory/operations.py:arrive": "its caller records what comes of it",
    "accounts/staffing/directory/leavers/operations.py:claim": "a question; the answer is a fact",
    "accounts/staffing/directory/leavers/operations.py:renew": "the next token; its answer is one",
    "accounts/staffing/directory/leavers/operations.py:silent": "nothing was said",
    "accounts/start_codes/operations.py:claim": "a step; the account that is made is the fact",
    "accounts/start_codes/operations.py:is_birthday": "a count of tries",
    "accounts/start_codes/operations.py:move": "a step, as the one before it was",
    "accounts/texts/operations.py:take_code": "whatever the code proves is recorded",
    "accounts/sessions/remembered/operations.py:used": "the session is the fact",
    "accounts/safety/leaving/operations.py": "nothing counts before the guide's end, a fact",
    "clients/approval/operations.py:end": "why a round ends is the fact; its caller's",
    "clients/api_tokens/operations.py:used": "what the program then does is the fact",
    "idp/console/helping/operations.py:move": "the new sign-in is the fact",
    "idp/console/figures/operations.py": "counts of events, which stay",
    "idp/deliveries/operations.py": "the session's end, a fact, is what applications are told",
    "idp/ssf/push/operations.py": "an event waits or is sent; the act that it tells of is the fact",
    "idp/ssf/operations.py:queue": "what happened to the account is the fact; its caller's",
    "idp/ssf/polling/operations.py": "each event's row says what became of it",
    "idp/ssf/streams/operations.py:verify": "a try: the stream stays as it is",
    "idp/ssf/operations.py:queue_of_sessions": "the end of the session is the fact",
    "idp/ssf/operations.py:queue_of_stream": "a try, or a change of the stream: its caller's",
    "idp/oidc/authorize/operations.py:close": "its callers record the refusal that it is part of",
    "idp/oidc/authorize/operations.py:confirm_account": "a step; the code is the fact",
    "idp/oidc/authorize/operations.py:end_open": "what was taken away is the fact; its caller's",
    "idp/oidc/device/operations.py:ask": "a program waits; whoever answers it records that",
    "idp/oidc/authorize/operations.py:move": "its caller records the session that takes over",
    "idp/portal/tester/operations.py": "a try with a made-up person; tokens that come are a fact",
    "idp/trail/operations.py": "a trail of requests beside the log, gone soon",
    "idp/tokens/operations.py:move": "its caller records the session that takes over",
    "idp/console/searching/operations.py:begin": "the help session that begins is the fact",
    "idp/console/searching/operations.py:choose": "the help session's account is the fact",
}


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@cache
def operations(path: Path) -> "Operations":
    """Return the functions of one operations.py, read once."""
    return Operations(path)


class Operations:
    """The functions of one operations.py and what each of them leads to."""

    def __init__(self, path: Path) -> None:
        body = source.parsed(path).body
        self.functions = {node.name: node for node in body if isinstance(node, Function)}

    def calls(self, name: str, seen: frozenset[str] = frozenset()) -> list[ast.Call]:
        """Return every call that the function leads to inside its file."""
        if name in seen or name not in self.functions:
            return []
        mine = [node for node in ast.walk(self.functions[name]) if isinstance(node, ast.Call)]
        inner = [self.calls(_name(call), seen | {name}) for call in mine]
        return [*mine, *(call for calls in inner for call in calls)]

    def records(self, name: str) -> bool:
        """Whether it records an event, or hands `by` to another operation that does."""
        for call in self.calls(name):
            keywords = {keyword.arg for keyword in call.keywords}
            outside = isinstance(call.func, ast.Attribute) or _name(call) not in self.functions
            if _name(call) == "record" or ("by" in keywords and outside):
                return True
        return False

    def writes(self, name: str) -> bool:
        """Whether it changes rows itself."""
        return any(
            _name(call) in WRITES and isinstance(call.func, ast.Attribute)
            for call in self.calls(name)
        )


def _public() -> list[tuple[str, Path, str]]:
    return [
        (f"{source.shown(path)}:{name}", path, name)
        for path in OPERATIONS
        for name in operations(path).functions
        if not name.startswith("_")
    ]


def _is_no_fact(label: str) -> bool:
    return label in NO_FACT or label.partition(":")[0] in NO_FACT


every_operation = pytest.mark.parametrize(
    "label, path, name", [case for case in _public() if not _is_no_fact(case[0])]
)


def test_there_are_operations_to_look_at() -> None:
    assert len(_public()) >= 40


@every_operation
def test_an_operation_that_writes_records_a_fact(label: str, path: Path, name: str) -> None:
    if label != "accounts/audit/operations.py:record" and operations(path).writes(name):
        assert operations(path).records(name)


@every_operation
def test_an_operation_that_is_told_who_acts_passes_it_on(label: str, path: Path, name: str) -> None:
    function = operations(path).functions[name]
    takes_by = [argument.arg for argument in function.args.kwonlyargs]
    by_position = [argument.arg for argument in function.args.args]
    assert "by" not in by_position
    if "by" in takes_by and label != "accounts/audit/operations.py:record":
        assert operations(path).records(name)


@pytest.mark.parametrize("label", NO_FACT)
def test_an_exception_names_something_that_exists(label: str) -> None:
    assert any(case[0] == label or case[0].startswith(f"{label}:") for case in _public())


@cache
def _mentioned() -> set[str]:
    """Return the names of the events that the apps' code mentions."""
    return {
        node.attr
        for path in source.of_apps()
        for node in ast.walk(source.parsed(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Event"
    }


@pytest.mark.parametrize("event", Event)
def test_every_event_is_recorded_somewhere(event: Event) -> None:
    assert event.name in _mentioned()
