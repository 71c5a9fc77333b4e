"""Addresses of receipts, and of their schema."""

from django.urls import path

from idp.receipts import schema, views

app_name = "receipts"
urlpatterns = [
    path("account/services/<slug:service>/receipts", views.receipts, name="list"),
    path("account/services/<slug:service>/receipts/<uuid:number>", views.receipt, name="one"),
    path("account/services/<slug:service>/receipts/<uuid:number>/file", views.file, name="file"),
    path(
        "account/private-services/<slug:service>/receipts",
        views.private_receipts,
        name="private_list",
    ),
    path(
        "account/private-services/<slug:service>/receipts/<uuid:number>",
        views.private_receipt,
        name="private_one",
    ),
    path(
        "account/private-services/<slug:service>/receipts/<uuid:number>/file",
        views.private_file,
        name="private_file",
    ),
    path(schema.PATH, views.receipt_schema, name="schema"),
]
