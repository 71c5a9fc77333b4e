from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("idp", "0025_name_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="WeekFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("week", models.DateTimeField(db_comment="its first moment, by the clock here")),
                ("figure", models.CharField(blank=True, max_length=30)),
                ("part", models.CharField(blank=True, max_length=40)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("week", "figure", "part"), name="week_figure_once"
                    )
                ],
            },
        ),
    ]
