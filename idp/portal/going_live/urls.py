"""Addresses of an application's pages about going live."""

from django.urls import path

from idp.portal.going_live import asking, ending, picture, views

app_name = "approval"
_LIVE = "organisations/<slug:organisation>/applications/<slug:application>/live"
urlpatterns = [
    path(_LIVE, views.live, name="live"),
    path(f"{_LIVE}/draft/logo", picture.logo, name="logo"),
    path(f"{_LIVE}/draft/<slug:part>", asking.draft, name="draft"),
    path(f"{_LIVE}/follow", asking.follow, name="follow"),
    path(f"{_LIVE}/submit", views.submit, name="submit"),
    path(f"{_LIVE}/take-back", views.take_back, name="take_back"),
    path(f"{_LIVE}/withdraw", views.withdraw, name="withdraw"),
    path(f"{_LIVE}/comment", views.comment, name="comment"),
    path(f"{_LIVE}/credentials", views.credentials, name="credentials"),
    path(f"{_LIVE}/end", ending.end, name="end"),
    path(f"{_LIVE}/go-on", ending.go_on, name="go_on"),
]
