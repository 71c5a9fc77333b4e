"""What applications said of their scopes so far is the first version of it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def write_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the first version of the terms of every scope that there is."""
    del schema_editor
    scopes = apps.get_model("clients", "ApplicationScope").objects
    terms = apps.get_model("clients", "ScopeTerms")
    now = timezone.now()
    terms.objects.bulk_create(
        terms(
            application_id=row.application_id,
            scope=row.scope,
            version=1,
            lawful_basis=row.lawful_basis,
            purpose=row.purpose,
            since=now,
        )
        for row in scopes.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("clients", "0006_versioned_terms")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
