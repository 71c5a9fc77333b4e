"""Addresses of the staff's own sign-in and keys."""

from django.urls import path

from accounts.staffing.directory import views as directory
from accounts.staffing.entry import views as entry
from accounts.staffing.keys import enrol_views, views
from accounts.staffing.own_accounts.views import own_account

app_name = "staff"
urlpatterns = [
    path("staff/sign-in", entry.sign_in, name="sign_in"),
    path("staff/sign-in/options", entry.ask, name="sign_in_options"),
    path("staff/sign-out", entry.sign_out, name="sign_out"),
    path("staff/stay-signed-in", entry.stay, name="stay"),
    path("staff/first-key/<str:token>", enrol_views.enrol, name="enrol"),
    path("staff/first-key/<str:token>/options", enrol_views.ask, name="enrol_options"),
    path("staff/directory", directory.leave, name="directory"),
    path("staff/directory/callback", directory.callback, name="directory_callback"),
    path("staff/directory/first-key", directory.first_key, name="directory_key"),
    path("staff/directory/first-key/options", directory.ask, name="directory_key_options"),
    path("staff/own-account", own_account, name="own_account"),
    path("staff/keys", views.overview, name="keys"),
    path("staff/keys/add", views.add, name="add_key"),
    path("staff/keys/add/options", views.ask, name="add_key_options"),
    path("staff/keys/<uuid:way_id>/remove", views.remove, name="remove_key"),
]
