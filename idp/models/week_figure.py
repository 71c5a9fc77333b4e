"""What was counted in a week that is over."""

from django.db import models


class WeekFigure(models.Model):
    """One number of one week, so that the owner's figures need not read half a year of events.

    The row whose figure is empty says that the week was counted, whatever happened in it.
    """

    week = models.DateTimeField(db_comment="its first moment, by the clock here")
    figure = models.CharField(max_length=30, blank=True)
    part = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "figure", "part"], name="week_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.week:%Y-%m-%d} {self.figure}"
