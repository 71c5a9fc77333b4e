"""Tokens that act on live applications; none outlives its maker's right to make it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def end_orphans(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """End the tokens of before whose maker is no owner of the organisation any more."""
    del schema_editor
    owners = apps.get_model("clients", "Member").objects.filter(role="owner")
    owned = owners.filter(
        organisation=models.OuterRef("organisation"), account=models.OuterRef("made_by")
    )
    tokens = apps.get_model("clients", "ApiToken").objects.filter(revoked_at=None)
    tokens.exclude(models.Exists(owned)).update(revoked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("clients", "0016_proposed_logos")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="acts_on_live",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(end_orphans, migrations.RunPython.noop),
    ]
