"""Addresses of the ways to sign in."""

from django.urls import path

from accounts.mfa import views
from accounts.mfa.apps import views as apps
from accounts.mfa.code_sheets import views as code_sheets
from accounts.mfa.needed import views as needed
from accounts.mfa.password import views as password
from accounts.mfa.posted_sheets import views as posted_sheets
from accounts.mfa.recovery_codes import views as recovery_codes
from accounts.mfa.text_messages import views as text_messages

_WAYS = "account/ways-to-sign-in"

app_name = "mfa"
urlpatterns = [
    path("account/password", password.change, name="password"),
    path(_WAYS, views.overview, name="overview"),
    path(f"{_WAYS}/needed", needed.needed, name="needed"),
    path(f"{_WAYS}/app", apps.add, name="add_app"),
    path(f"{_WAYS}/code-sheet", code_sheets.sheet, name="add_code_sheet"),
    path(f"{_WAYS}/code-sheet/check", code_sheets.check, name="check_code_sheet"),
    path(f"{_WAYS}/code-sheet/post", posted_sheets.post, name="post_code_sheet"),
    path(f"{_WAYS}/recovery-codes", recovery_codes.make, name="recovery_codes"),
    path(f"{_WAYS}/text-message", text_messages.add, name="add_text_message"),
    path(f"{_WAYS}/<uuid:way>/name", views.rename, name="rename"),
    path(f"{_WAYS}/<uuid:way>/keep", views.keep, name="keep"),
    path(f"{_WAYS}/<uuid:way>/remove", views.remove, name="remove"),
]
