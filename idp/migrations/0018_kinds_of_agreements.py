"""Agreements say of each part how it came about, and whether an address was chosen or they ended.

Of before, what can be known is written down: whose address is another than the main one, and which
agreements ended because the account was closed.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write into the agreements of before what their other columns and the closings tell."""
    del schema_editor
    consents = apps.get_model("idp", "Consent").objects
    consents.filter(email__isnull=False).update(chose_email=True)
    closings = apps.get_model("accounts", "AccountClosing").objects
    for closing in closings.filter(closed_at__isnull=False).iterator():
        ended = consents.filter(account=closing.account_id, withdrawn_at__gte=closing.closed_at)
        if closing.reopened_at is not None:
            ended = ended.filter(withdrawn_at__lt=closing.reopened_at)
        ended.update(ended_with_account=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_closings_of_before"),
        ("idp", "0017_consent_expires_at_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="chose_email",
            field=models.BooleanField(
                db_comment="false: the main address is shared; true: the one in email, or none",
                default=False,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="earlier",
            field=models.JSONField(
                db_comment=(
                    "{scope or claim: [kind, time]} of what was not agreed or told by this version"
                ),
                default=dict,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="ended_with_account",
            field=models.BooleanField(
                db_comment="it was withdrawn because the account was closed", default=False
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="email",
            field=models.ForeignKey(
                db_comment="the address to share; see chose_email where it is empty",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.emailaddress",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[("agreed", "Agreed"), ("told", "Told"), ("changed", "Changed")],
                default="agreed",
                max_length=10,
            ),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
