"""The provider and the project package: speaks OpenID Connect, holds keys and consent."""
