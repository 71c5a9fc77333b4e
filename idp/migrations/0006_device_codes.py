"""Tie a request to the device that waits for its answer; drop what its participant tells already."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_DEVICE_GRANT_MODEL),
        ("idp", "0005_trail_overflow"),
    ]

    operations = [
        # Nothing has written to this table yet.
        migrations.RemoveField(model_name="devicegrant", name="session"),
        migrations.AddField(
            model_name="authorizationrequest",
            name="device_grant",
            field=models.ForeignKey(
                db_comment="RFC 8628: the device that waits for the answer; "
                "then redirect_uri is empty",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                to=settings.OAUTH2_PROVIDER_DEVICE_GRANT_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="devicegrant",
            constraint=models.CheckConstraint(
                name="device_grant_authorized_by_somebody",
                condition=(
                    ~models.Q(status="authorized")
                    | models.Q(
                        user__isnull=False,
                        participant__isnull=False,
                        consent__isnull=False,
                        authentication__isnull=False,
                    )
                ),
            ),
        ),
    ]
