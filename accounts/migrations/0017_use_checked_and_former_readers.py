import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_made_up_people_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="use_checked_from",
            field=models.DateTimeField(
                db_comment="from then on it is looked at whether anybody uses it",
                default=django.utils.timezone.now,
            ),
        ),
        migrations.AddField(
            model_name="emailaddress",
            name="others_read_since",
            field=models.DateTimeField(
                db_comment="another account gave it up then, and its owner may read there still",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(
                condition=models.Q(("is_test", False), ("status", "active")),
                fields=["use_checked_from"],
                name="account_use_checked_from",
            ),
        ),
    ]
