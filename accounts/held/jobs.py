"""The audit log, and the worker's jobs."""

from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.held.reasons import FACTS, NUMBER, STEP
from accounts.models import AuditEvent
from accounts.retention.vocabulary import After, Endless, Purpose, Table, not_personal, personal

_ABOUT: Final = (
    "account_id session_id application_id organisation_id object_kind object_id actor_kind actor_id"
)

TABLES: Final = (
    Table(
        AuditEvent,
        _("The history of every account: facts, numbers and times, no names"),
        Endless(
            _(
                "Facts are never changed nor deleted; once an account is closed for good, nothing "
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
