"""Addresses of the pages about the service itself."""

from django.urls import path

from accounts.pages import language_views, status_views, views

app_name = "pages"
urlpatterns = [
    path("help/contact", views.contact, name="contact"),
    path("help/accessibility", views.accessibility, name="accessibility"),
    path("help/privacy", views.privacy, name="privacy"),
    path("help/cookies", views.cookies, name="cookies"),
    path("help/language", language_views.language, name="language"),
    path("status", status_views.status, name="status"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("brand.css", views.brand_stylesheet, name="brand"),
]
