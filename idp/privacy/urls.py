"""Addresses of the pages about sharing."""

from django.urls import path

from idp.privacy import private_views, views
from idp.privacy.erasure.views import erasure

app_name = "privacy"
_OPEN = "account/services/<slug:service>"
_PRIVATE = "account/private-services/<slug:service>"
urlpatterns = [
    path("account/services", views.services, name="services"),
    path("account/other-services", views.other_services, name="others"),
    path(_OPEN, views.service, name="service"),
    path(f"{_OPEN}/given", views.given, name="given"),
    path(f"{_OPEN}/choices", views.choose, name="choose"),
    path(f"{_OPEN}/email", views.choose_email, name="choose_email"),
    path(f"{_OPEN}/stop", views.stop, name="stop"),
    path(f"{_OPEN}/stopped", views.stopped, name="stopped"),
    path(f"{_OPEN}/block", views.block, name="block"),
    path(f"{_OPEN}/earlier-accounts/<int:number>/separate", views.separate, name="separate"),
    path(f"{_OPEN}/hide", views.hide, name="hide"),
    path("account/blocked-services", views.blocked, name="blocked"),
    path("account/blocked-services/<slug:service>/unblock", views.unblock, name="unblock"),
    path(
        "account/blocked-organisations/<slug:organisation>/unblock",
        views.unblock_all,
        name="unblock_all",
    ),
    path("account/closing/services", erasure, name="erasure"),
    path("account/private-services", private_views.services, name="private"),
    path(_PRIVATE, private_views.service, name="service_private"),
    path(f"{_PRIVATE}/choices", private_views.choose, name="choose_private"),
    path(f"{_PRIVATE}/email", private_views.choose_email, name="choose_email_private"),
    path(f"{_PRIVATE}/given", private_views.given, name="given_private"),
    path(f"{_PRIVATE}/stop", private_views.stop, name="stop_private"),
    path(f"{_PRIVATE}/stopped", private_views.stopped, name="stopped_private"),
    path(f"{_PRIVATE}/block", private_views.block, name="block_private"),
    path(
        f"{_PRIVATE}/earlier-accounts/<int:number>/separate",
        private_views.separate,
        name="separate_private",
    ),
    path(f"{_PRIVATE}/unblock", private_views.unblock, name="unblock_private"),
    path(
        "account/private-organisations/<slug:organisation>/unblock",
        private_views.unblock_all,
        name="unblock_all_private",
    ),
    path(f"{_PRIVATE}/show", private_views.show, name="show"),
]
