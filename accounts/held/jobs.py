"""The audit log, and the worker's jobs."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.held.reasons import FACTS, NUMBER, STEP
from accounts.models import AuditEvent, AuditSeal, AuditTombstone
from accounts.retention.vocabulary import After, Endless, Purpose, Table, not_personal, personal

_ABOUT: Final = (
    "account_id session_id application_id organisation_id object_kind object_id actor_kind actor_id"
)
_PROOF: Final = "proves the rows of the history, and tells nothing of them"

TABLES: Final = (
    Table(
        AuditEvent,
        _("The history of every account: facts, numbers and times, no names"),
        Endless(
            _(
                "Facts are never changed, and deleted only with all others of their time, by an "
                "operator, after BOROUGH_AUDIT_YEARS; once an account is closed for good, nothing "
                "leads from their numbers to a person"
            )
        ),
        owner="account_id",
        groups=(
            personal("at event", Purpose.SAFETY, kept=FACTS),
            personal(_ABOUT, Purpose.SAFETY, kept=FACTS),
            personal("reason detail help_code case_reference", Purpose.SAFETY, kept=FACTS),
            not_personal("id transaction_id", NUMBER),
        ),
    ),
    Table(
        AuditSeal,
        _("What proves that the history is whole"),
        Endless(_("They prove each other")),
        groups=(
            not_personal("number after_id from_position to_position next_position", NUMBER),
            not_personal("count first_id last_id", NUMBER),
            not_personal("first_at last_at sealed_at", "when a stretch of the history was written"),
            not_personal("row_hashes rows_hash previous_hash hash", _PROOF),
            not_personal("key_id signature", _PROOF),
        ),
    ),
    Table(
        AuditTombstone,
        _("What of the history was deleted, by whom"),
        Endless(_("They show that nothing else is missing")),
        groups=(
            not_personal(
                "number first_seal last_seal after_id to_position through_id count", NUMBER
            ),
            not_personal("purged_at actor_kind actor_id", "the operator's act, by no name"),
            not_personal("last_seal_hash key_id hash signature", _PROOF),
        ),
    ),
    Table(
        DBTaskResult,
        _("Jobs of the worker"),
        After("finished_at", _("it is done"), settings.MAIL_HELP_CODE_LIFETIME),
        groups=(
            not_personal("id", NUMBER),
            not_personal("args_kwargs", "numbers of other rows"),
            not_personal("status enqueued_at started_at finished_at run_after", STEP),
            not_personal("task_path queue_name backend_name priority worker_ids", STEP),
            not_personal("return_value exception_class_path traceback", STEP),
        ),
    ),
)
