"""Address of the page that says that a service is blocked."""

from django.urls import path

from idp.oidc.blocked import views

app_name = "blocked"
urlpatterns = [path("blocked", views.say, name="say")]
