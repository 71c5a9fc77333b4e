"""The picture that residents see beside an application's name."""

from django.db import models

from clients.models.application import Application


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
