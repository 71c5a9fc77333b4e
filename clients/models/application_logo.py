"""The picture that residents see beside an application's name, and the one that they are to see."""

from django.db import models

from clients.models.application import Application
from clients.models.submission import Submission


class ApplicationLogo(models.Model):
    """A small PNG that we drew anew from an uploaded picture: nothing else is left in it."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="logo"
    )
    digest = models.CharField(max_length=64, db_index=True, db_comment="SHA-256 of the picture")
    png = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class ProposedLogo(models.Model):
    """The picture that a live application is to have; without one, that it is to have none."""

    submission = models.OneToOneField(
        Submission, models.CASCADE, primary_key=True, related_name="logo"
    )
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    png = models.BinaryField(null=True)
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest
