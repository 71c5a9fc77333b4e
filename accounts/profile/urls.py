"""Addresses of the account's own pages."""

from django.urls import path

from accounts.profile import views
from accounts.profile.details import views as details
from accounts.profile.emails import link_views
from accounts.profile.emails import views as emails
from accounts.profile.emails.changes import views as changes
from accounts.profile.phone import views as phone
from accounts.profile.postal import views as postal

app_name = "profile"
_CHANGE = "account/emails/changes/<uuid:change>"
urlpatterns = [
    path("", views.home, name="home"),
    path("account", views.account, name="account"),
    path("account/name", details.name, name="name"),
    path("account/former-name", details.former_name, name="former_name"),
    path("account/date-of-birth", details.date_of_birth, name="date_of_birth"),
    path("account/date-of-birth/remove", details.remove_date_of_birth, name="remove_date_of_birth"),
    path("account/language", details.language, name="language"),
    path("account/address", postal.find, name="find_address"),
    path("account/address/choose", postal.choose, name="choose_address"),
    path("account/address/type", postal.type_in, name="type_address"),
    path("account/address/none", postal.no_fixed_address, name="no_fixed_address"),
    path("account/address/remove", postal.remove, name="remove_address"),
    path("account/phone", phone.number, name="phone"),
    path("account/phone/confirm", phone.confirm, name="confirm_phone"),
    path("account/phone/new-code", phone.new_code, name="new_phone_code"),
    path("account/phone/check", phone.check, name="check_phone"),
    path("account/phone/remove", phone.remove, name="remove_phone"),
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
