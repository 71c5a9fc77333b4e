"""OAuth 2.0 Authorization Server Metadata: RFC 8414."""

from django.test import Client


class TestMetadataRequest:
    """§3.1, §5: both well-known addresses tell the same."""

    def test_it_is_the_metadata_of_discovery(self) -> None:
        http = Client(headers={"host": "localhost"})
        oauth = http.get("/.well-known/oauth-authorization-server")
        openid = http.get("/.well-known/openid-configuration")
        assert oauth.status_code == 200
        assert oauth.content == openid.content
