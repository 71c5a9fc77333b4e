"""The address of the code for a call."""

from django.urls import path

from accounts.call_codes import views

app_name = "call_codes"
urlpatterns = [path("account/code-for-a-call", views.show, name="show")]
