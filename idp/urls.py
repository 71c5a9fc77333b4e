"""Every address of the provider."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("idp.oidc.urls")),
    path("", include("accounts.urls")),
    path("", include("clients.urls")),
    path("", include("idp.console.urls")),
    path("", include("idp.console.audit.urls")),
    path("", include("idp.console.figures.urls")),
    path("", include("idp.demo.urls")),
    path("", include("idp.portal.urls")),
    path("", include("idp.partner_api.urls")),
    path("", include("idp.privacy.urls")),
    path("", include("idp.receipts.urls")),
]

handler400 = "accounts.pages.errors.bad_request"
handler403 = "accounts.pages.errors.permission_denied"
handler404 = "idp.console.no_page.not_found"
handler500 = "accounts.pages.errors.server_error"
