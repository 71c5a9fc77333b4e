from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0029_colleague_account"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("actor_id", ""), _negated=True),
                fields=["actor_id", "at"],
                name="audit_event_by_actor",
            ),
        ),
    ]
