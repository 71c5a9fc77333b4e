"""Addresses of an application's old user ids."""

from django.urls import path

from idp.portal.old_user_ids import views

app_name = "old_user_ids"
_IDS = "organisations/<slug:organisation>/applications/<slug:application>/old-user-ids"
urlpatterns = [
    path(_IDS, views.counts, name="counts"),
    path(f"{_IDS}/add", views.add, name="add"),
    path(f"{_IDS}/delete", views.delete, name="delete"),
]
