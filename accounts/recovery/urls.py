"""Addresses of the pages for getting back in."""

from django.urls import path

from accounts.recovery import time_views as more_time
from accounts.recovery.asking import views as asking
from accounts.recovery.opening import choosing_views as choosing
from accounts.recovery.opening import views as opening
from accounts.recovery.reset import views as reset
from accounts.recovery.waiting import views as waiting

app_name = "recovery"
urlpatterns = [
    path("reset-password", reset.start, name="start"),
    path("reset-password/sent", reset.sent, name="sent"),
    path("reset-password/done", reset.done, name="done"),
    path("reset-password/<str:token>", reset.new_password, name="new_password"),
    path("reset-password/<str:token>/more-time", more_time.reset, name="reset_more_time"),
    path("get-back-in", asking.ask, name="ask"),
    path("get-back-in/sent", asking.asked, name="asked"),
    path("get-back-in/choose", choosing.password, name="choose"),
    path("get-back-in/choose-passkey", choosing.passkey, name="choose_passkey"),
    path("get-back-in/choose-passkey/options", choosing.ask_passkey, name="passkey_options"),
    path("get-back-in/done", choosing.chosen, name="chosen"),
    path("get-back-in/ways/<str:token>", asking.ways, name="ways"),
    path("get-back-in/ways/<str:token>/more-time", more_time.ways, name="ways_more_time"),
    path("get-back-in/password/<str:token>", asking.by_password, name="by_password"),
    path("get-back-in/post/<str:token>", asking.by_post, name="by_post"),
    path("get-back-in/code/<str:token>", asking.by_code, name="by_code"),
    path("get-back-in/stop/<str:token>", waiting.stop, name="stop"),
    path("get-back-in/go-on/<str:token>", opening.go_on, name="go_on"),
    path("get-back-in/go-on/<str:token>/stop", waiting.stop_open, name="stop_open"),
    path("account/getting-back-in", waiting.own, name="own"),
    path("account/getting-back-in/choose", opening.open_own, name="open_own"),
]
