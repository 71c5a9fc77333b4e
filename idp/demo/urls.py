"""Address of the demonstration's outbox."""

from django.urls import path

from idp.demo import views

app_name = "demo"
urlpatterns = [path("outbox", views.show_outbox, name="outbox")]
