"""Agreements of before were to the first version of the terms, under the names of now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write into every agreement what it was about, so that nobody is asked again for nothing."""
    del schema_editor
    consents = apps.get_model("idp", "Consent").objects
    applications = apps.get_model("clients", "Application").objects
    for application in applications.select_related("organisation").iterator():
        consents.filter(application=application).update(
            application_name=application.name,
            organisation_name=application.organisation.name,
            terms=dict.fromkeys(application.scopes.values_list("scope", flat=True), 1),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0007_terms_of_before"),
        ("idp", "0010_terms_of_agreements_and_blocks"),
    ]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
