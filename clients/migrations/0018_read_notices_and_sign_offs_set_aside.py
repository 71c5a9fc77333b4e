"""Privacy notices that people of the council read, and sign-offs that count no more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0017_api_tokens_for_live"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeReading",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notice_reading",
                        serialize=False,
                        to="clients.submission",
                    ),
                ),
                ("address", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="signoff",
            name="set_aside",
            field=models.CharField(
                blank=True,
                db_comment="why it was found to count no more",
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="signoff", name="sign_off_once_a_kind"),
        migrations.RemoveConstraint(model_name="signoff", name="sign_off_by_two_people"),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside", "")),
                fields=("submission", "version", "kind"),
                name="sign_off_once_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside", "")),
                fields=("submission", "version", "account"),
                name="sign_off_by_two_people",
            ),
        ),
    ]
