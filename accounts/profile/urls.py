"""Addresses of the account's own pages."""

from django.urls import path

from accounts.profile import views
from accounts.profile.emails import link_views
from accounts.profile.emails import views as emails
from accounts.profile.emails.changes import views as changes

app_name = "profile"
_CHANGE = "account/emails/changes/<uuid:change>"
urlpatterns = [
    path("", views.home, name="home"),
    path("account", views.account, name="account"),
    path("account/emails", emails.emails, name="emails"),
    path("account/emails/add", emails.add, name="add_email"),
    path("account/emails/change", emails.change, name="change_email"),
    path("account/emails/<int:address>/make-main", emails.make_main, name="make_main_email"),
    path("account/emails/<int:address>/remove", emails.remove, name="remove_email"),
    path(_CHANGE, changes.change, name="email_change"),
    path(f"{_CHANGE}/cancel", changes.cancel, name="cancel_email_change"),
    path(f"{_CHANGE}/cannot-read", changes.cannot_read, name="email_cannot_read"),
    path(f"{_CHANGE}/new-code", changes.new_code, name="email_new_code"),
    path(f"{_CHANGE}/status", changes.status, name="email_change_status"),
    path("email-change/confirm/<str:token>", link_views.confirm, name="confirm_email"),
    path("email-change/agree/<str:token>", link_views.agree, name="agree_to_email"),
    path("email-change/stop/<str:token>", link_views.stop, name="stop_email_change"),
    path("email-change/object/<str:token>", link_views.dispute, name="object_to_email"),
]
