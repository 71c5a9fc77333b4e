"""Addresses of the pages about sharing."""

from django.urls import path

from idp.privacy import private_views, views
from idp.privacy.erasure.views import erasure

app_name = "privacy"
urlpatterns = [
    path("account/services", views.services, name="services"),
    path("account/services/<slug:service>/given", views.given, name="given"),
    path("account/services/<slug:service>/choices", views.choose, name="choose"),
    path("account/services/<slug:service>/email", views.choose_email, name="choose_email"),
    path("account/services/<slug:service>/stop", views.stop, name="stop"),
    path("account/services/<slug:service>/hide", views.hide, name="hide"),
    path("account/closing/services", erasure, name="erasure"),
    path("account/private-services", private_views.services, name="private"),
    path(
        "account/private-services/<slug:service>/choices",
        private_views.choose,
        name="choose_private",
    ),
    path(
        "account/private-services/<slug:service>/email",
        private_views.choose_email,
        name="choose_email_private",
    ),
    path(
        "account/private-services/<slug:service>/given", private_views.given, name="given_private"
    ),
    path("account/private-services/<slug:service>/stop", private_views.stop, name="stop_private"),
    path("account/private-services/<slug:service>/show", private_views.show, name="show"),
]
