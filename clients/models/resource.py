"""A protected resource: an API of an organisation that takes our access tokens."""

from django.db import models

from clients.models.organisation import Organisation


class Resource(models.Model):
    """What access tokens can be for, beside our own endpoints (RFC 8707).

    `scopes` are its own words for what a program may do there. They are for programs that call it
    in their own name: what a resident shares is named by the catalogue alone.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="resources")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    identifier = models.CharField(
        max_length=255, unique=True, db_comment="absolute URI: the audience of its tokens"
    )
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug
