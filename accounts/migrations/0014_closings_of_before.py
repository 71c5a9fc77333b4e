"""Accounts that were closed before closings were written down are emptied in their turn too."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def write_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each closed account that has no closing one that nobody can take back.

    Until now only joining closed accounts. The time before they are emptied begins now: nobody
    noted when they were closed.
    """
    del schema_editor
    closings = apps.get_model("accounts", "AccountClosing").objects
    accounts = apps.get_model("accounts", "Account").objects
    noted = closings.filter(cancelled_at=None, reopened_at=None).values("account")
    now = timezone.now()
    without = accounts.filter(status="closed").exclude(pk__in=noted)
    for number in list(without.values_list("pk", flat=True)):
        closings.create(
            account_id=number,
            reason="joined",
            asked_at=now,
            closes_at=now,
            closed_at=now,
            reopen_until=now + settings.CLOSED_FOR,
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_session_expires_at_index")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
