"""Addresses of the transmitter: its metadata (SSF §7.2), and what that names."""

from django.urls import path

from idp.oidc.streams import erasure, metadata, polling, views

MACHINE_ENDPOINTS = [
    path(".well-known/ssf-configuration", metadata.metadata, name="ssf_configuration"),
    path("ssf/stream", views.stream, name="event_stream"),
    path("ssf/status", views.status, name="event_stream_status"),
    path("ssf/subjects/add", views.add_subject, name="add_stream_subject"),
    path("ssf/subjects/remove", views.remove_subject, name="remove_stream_subject"),
    path("ssf/verify", views.verify, name="verify_event_stream"),
    path("ssf/erasure", erasure.erasure, name="answer_erasure"),
    path("ssf/poll", polling.poll, name="poll_events"),
]
