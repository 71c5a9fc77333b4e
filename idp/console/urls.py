"""Addresses of the console."""

from django.urls import include, path

from idp.console import views
from idp.console.answering import views as answering
from idp.console.deaths import views as deaths
from idp.console.handing import views as handing
from idp.console.helping import views as helping
from idp.console.holding_back import views as holding_back
from idp.console.knowing import others_views
from idp.console.knowing import views as knowing
from idp.console.protection import views as protection
from idp.console.requests import views as requests
from idp.console.searching import views as searching
from idp.console.stuck import views as stuck
from idp.console.telling_more.views import more
from idp.console.timeline.views import timeline

app_name = "console"
urlpatterns = [
    path("staff", views.home, name="home"),
    path("staff/help", helping.begin, name="help"),
    path("staff/help/<uuid:help_id>/death", deaths.death, name="death"),
    path("staff/help/<uuid:help_id>/death/undo", deaths.undo, name="undo_death"),
    path(
        "staff/help/<uuid:help_id>/death/undo-by-lead",
        deaths.undo_by_lead,
        name="undo_death_by_lead",
    ),
    path("staff/hold-backs", holding_back.overview, name="hold_backs"),
    path("staff/hold-backs/ask", holding_back.ask, name="ask_hold_back"),
    path("staff/hold-backs/<uuid:number>", holding_back.decide, name="hold_back"),
    path("staff/help/<uuid:help_id>/keys", handing.keys, name="keys"),
    path("staff/help/<uuid:help_id>/letters", handing.letters, name="letters"),
    path("staff/complaints", answering.queue, name="complaints"),
    path("staff/complaints/<slug:code>", answering.complaint, name="complaint"),
    path("staff/search", searching.begin, name="search_names"),
    path("staff/help/<uuid:help_id>/search", searching.search, name="search"),
    path("staff/help/<uuid:help_id>/choose", searching.choose, name="choose_found"),
    path("staff/help/<uuid:help_id>/protection", protection.protection, name="protection"),
    path("staff/help/<uuid:help_id>/protection/drop", protection.drop, name="drop_lead"),
    path("staff/help/<uuid:help_id>/protection/lift", protection.lift, name="lift_protection"),
    path("staff/help/<uuid:help_id>/know", knowing.know, name="know"),
    path("staff/help/<uuid:help_id>/know/mailed-code", knowing.mailed, name="know_mailed"),
    path("staff/help/<uuid:help_id>/know/account-code", knowing.shown, name="know_shown"),
    path("staff/help/<uuid:help_id>/know/counter", knowing.counter, name="know_counter"),
    path("staff/help/<uuid:help_id>/others", others_views.others, name="others"),
    path("staff/help/<uuid:help_id>/call-back", others_views.call_back, name="call_back"),
    path("staff/help/<uuid:help_id>/acts", include("idp.console.acts.urls")),
    path("staff/help/<uuid:help_id>", stuck.person, name="helping"),
    path("staff/help/<uuid:help_id>/timeline", timeline, name="timeline"),
    path("staff/help/<uuid:help_id>/send-again", stuck.send_again, name="send_again"),
    path("staff/help/<uuid:help_id>/lift-limits", stuck.lift_limits, name="lift_limits"),
    path("staff/help/<uuid:help_id>/ways-back", stuck.start_recovery, name="start_recovery"),
    path("staff/help/<uuid:help_id>/name", stuck.name, name="name_person"),
    path("staff/help/<uuid:help_id>/more", more, name="more_told"),
    path("staff/help/<uuid:help_id>/end", helping.end, name="end_helping"),
    path("staff/requests", requests.queue, name="requests"),
    path("staff/requests/mine", requests.mine, name="my_requests"),
    path("staff/requests/<uuid:request_id>", requests.decide, name="decide"),
    path("staff/requests/<uuid:request_id>/withdraw", requests.withdraw, name="withdraw"),
    path("staff/start-codes", include("idp.console.starting.urls")),
    path("staff/council", include("idp.console.council.urls")),
]
