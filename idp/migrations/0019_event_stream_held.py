from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("idp", "0018_kinds_of_agreements"),
    ]

    operations = [
        migrations.AddField(
            model_name="eventstream",
            name="is_held",
            field=models.BooleanField(
                db_comment="stopped by an operator: its application cannot let it go on",
                default=False,
            ),
        ),
    ]
