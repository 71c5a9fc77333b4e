"""Every address of accounts; each feature names its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.call_codes.urls")),
    path("", include("accounts.closing.urls")),
    path("", include("accounts.complaints.urls")),
    path("", include("accounts.export.urls")),
    path("", include("accounts.freezing.urls")),
    path("", include("accounts.history.urls")),
    path("", include("accounts.mfa.passkeys.urls")),
    path("", include("accounts.joining.urls")),
    path("", include("accounts.mfa.urls")),
    path("", include("accounts.pages.urls")),
    path("", include("accounts.profile.urls")),
    path("", include("accounts.recovery.urls")),
    path("", include("accounts.safety.urls")),
    path("", include("accounts.sessions.urls")),
    path("", include("accounts.signin.urls")),
    path("", include("accounts.signup.urls")),
    path("", include("accounts.staffing.urls")),
    path("", include("accounts.start_codes.urls")),
]
