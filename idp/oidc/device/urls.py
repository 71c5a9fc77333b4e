"""Addresses of the pages where residents let devices in."""

from django.urls import path

from idp.oidc.device import views

app_name = "device"
urlpatterns = [
    path("device", views.enter, name="enter"),
    path("device/open", views.open_, name="open"),
    path("device/confirm", views.confirm, name="confirm"),
    path("device/test/<slug:organisation>", views.enter, name="enter"),
    path("device/test/<slug:organisation>/open", views.open_, name="open"),
    path("device/test/<slug:organisation>/confirm", views.confirm, name="confirm"),
    path("device/done", views.done, name="done"),
    path("device/refused", views.refused, name="refused"),
]
