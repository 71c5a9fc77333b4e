"""Addresses of what an application was told."""

from django.urls import path

from idp.portal.deliveries import views

app_name = "deliveries"
_APPLICATION = "organisations/<slug:organisation>/applications/<slug:application>"
urlpatterns = [
    path(f"{_APPLICATION}/deliveries", views.sign_outs, name="list"),
    path(f"{_APPLICATION}/events", views.events, name="events"),
    path(f"{_APPLICATION}/deliveries/<uuid:number>/again", views.again, name="again"),
    path(f"{_APPLICATION}/events/<uuid:number>/again", views.event_again, name="event_again"),
]
