"""Addresses of signing in."""

from django.urls import path

from accounts.signin import views
from accounts.signin.closed import views as closed
from accounts.signin.frozen import views as frozen
from accounts.signin.mailed_code import link_views as mailed_link
from accounts.signin.mailed_code import views as mailed_code
from accounts.signin.passkeys import views as passkeys
from accounts.signin.second_step import key_views as keys
from accounts.signin.second_step import time_views
from accounts.signin.second_step import views as second_step

app_name = "signin"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/go-on", views.go_on, name="go_on"),
    path("sign-in/passkey/options", passkeys.ask, name="passkey_options"),
    path("sign-in/closed", closed.closed, name="closed"),
    path("sign-in/closes", closed.closes, name="closes"),
    path("sign-in/frozen", frozen.frozen, name="frozen"),
    path("sign-in/mailed-code", mailed_code.mailed_code, name="mailed_code"),
    path("sign-in/mailed-link/<str:token>", mailed_link.mailed_link, name="mailed_link"),
    path("sign-in/send-code", mailed_code.send_code, name="send_code"),
    path("sign-in/second-step", second_step.second_step, name="second_step"),
    path("sign-in/more-time", time_views.more_time, name="more_time"),
    path("sign-in/app", second_step.app, name="second_step_app"),
    path("sign-in/code-sheet", second_step.code_sheet, name="second_step_code_sheet"),
    path("sign-in/recovery-code", second_step.recovery_code, name="second_step_recovery_code"),
    path("sign-in/text-message", second_step.text_message, name="second_step_text_message"),
    path("sign-in/text-message/send", second_step.send_text, name="send_text"),
    path("sign-in/use-passkey", keys.passkey, name="second_step_passkey"),
    path("sign-in/use-passkey/options", keys.ask_passkey, name="second_step_passkey_options"),
    path("sign-in/security-key", keys.security_key, name="second_step_security_key"),
    path(
        "sign-in/security-key/options",
        keys.ask_security_key,
        name="second_step_security_key_options",
    ),
]
