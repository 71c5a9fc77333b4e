"""Count the trail by hour: figures no longer read each request."""

from datetime import UTC

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, Count, F, Value, When
from django.db.models.functions import TruncHour

_ENDS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000)
_SLOWEST = 5000
_SIGN_INS = ("authorization_code", "urn:ietf:params:oauth:grant-type:device_code")


def count_what_is_there(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the figures of the last 30 days begin with the requests that the trail has."""
    del schema_editor
    kind = {
        "hour": TruncHour("at", tzinfo=UTC),
        "why": Case(When(is_refused=True, then=F("reason")), default=Value("")),
        "is_sign_in": Case(
            When(grant_type__in=_SIGN_INS, then=Value(value=True)), default=Value(value=False)
        ),
        "latency": Case(
            *(When(duration__lte=end * 1000, then=Value(end)) for end in _ENDS),
            default=Value(_SLOWEST),
            output_field=models.IntegerField(),
        ),
    }
    same = ("application_id", "hour", "endpoint", "is_refused", "why", "is_sign_in", "latency")
    trail = apps.get_model("idp", "RequestTrail").objects.filter(is_authenticated=True)
    rows = trail.annotate(**kind).values(*same).annotate(number=Count("pk")).order_by()
    counts = apps.get_model("idp", "RequestCount")
    counts.objects.bulk_create(
        (counts(reason=row.pop("why"), **row) for row in rows.iterator()), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [
        ("idp", "0021_figures_index"),
        migrations.swappable_dependency(settings.OAUTH2_PROVIDER_APPLICATION_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField(db_comment="its first second", db_index=True)),
                ("endpoint", models.CharField(max_length=30)),
                ("is_refused", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="of what was refused alone", max_length=80
                    ),
                ),
                ("is_sign_in", models.BooleanField()),
                (
                    "latency",
                    models.PositiveSmallIntegerField(
                        db_comment="milliseconds, one of a short list"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="requesttrail",
            name="request_trail_figures",
        ),
        migrations.AddField(
            model_name="requestcount",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="request_counts",
                to=settings.OAUTH2_PROVIDER_APPLICATION_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="requestcount",
            constraint=models.UniqueConstraint(
                fields=(
                    "application",
                    "hour",
                    "endpoint",
                    "is_refused",
                    "reason",
                    "is_sign_in",
                    "latency",
                ),
                name="request_count_once",
            ),
        ),
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
    ]
