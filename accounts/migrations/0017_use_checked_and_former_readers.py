from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

COMMENT = "from then on it is looked at whether anybody uses it"


def look_at_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let every account there is be looked at, some each night."""
    del schema_editor
    apps.get_model("accounts", "Account").objects.update(use_checked_from=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_made_up_people_apart")]

    operations = [
        # A column with a default, or without null, would have SQLite make the table anew, without
        # the triggers that stand on it.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AddField(
                    "account",
                    "use_checked_from",
                    models.DateTimeField(null=True, db_comment=COMMENT),
                )
            ],
            state_operations=[
                migrations.AddField(
                    "account",
                    "use_checked_from",
                    models.DateTimeField(null=True, default=timezone.now, db_comment=COMMENT),
                )
            ],
        ),
        migrations.AddField(
            "emailaddress",
            "others_read_since",
            models.DateTimeField(
                null=True,
                db_comment="another account gave it up then, and its owner may read there still",
            ),
        ),
        migrations.AddIndex(
            "account",
            models.Index(
                fields=["use_checked_from"],
                condition=models.Q(status="active", is_test=False),
                name="account_use_checked_from",
            ),
        ),
        migrations.RunPython(look_at_all, migrations.RunPython.noop),
    ]
