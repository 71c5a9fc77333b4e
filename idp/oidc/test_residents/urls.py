"""Address of the page on which a test resident is chosen."""

from django.urls import path

from idp.oidc.test_residents import views

app_name = "test_resident"
urlpatterns = [path("authorize/test-resident", views.choose, name="choose")]
