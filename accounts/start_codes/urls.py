"""The address that stands on printed sheets: short, to be typed."""

from django.urls import path

from accounts.start_codes import views

app_name = "start_codes"
urlpatterns = [path("start", views.start, name="start")]
