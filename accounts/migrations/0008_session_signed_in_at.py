"""A session tells when its sign-in was complete, beside when it began; of earlier ones that is one."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_the_beginning(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let what is signed in be as fresh as it was."""
    sessions = apps.get_model("accounts", "Session").objects.using(schema_editor.connection.alias)
    sessions.update(signed_in_at=models.F("auth_time"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_mailed_link_kept_open"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="signed_in_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(take_the_beginning, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="session",
            name="signed_in_at",
            field=models.DateTimeField(),
        ),
    ]
