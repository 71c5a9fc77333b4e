"""In which way an answer travels to the application (OAuth 2.0 Multiple Response Types §2.1)."""

from typing import Final

QUERY: Final = "query"
# OAuth 2.0 Form Post Response Mode.
FORM_POST: Final = "form_post"
# JARM §2.3: the whole answer in one JWT. Of a code, the short name is the first of the two.
JWT: Final = "jwt"
QUERY_JWT: Final = "query.jwt"
FORM_POST_JWT: Final = "form_post.jwt"
DEFAULT: Final = QUERY
PLAIN: Final = (QUERY, FORM_POST)
SIGNED: Final = (JWT, QUERY_JWT, FORM_POST_JWT)
MODES: Final = (*PLAIN, *SIGNED)
# Of the high profile: what stands in a form can be read by whatever else runs in the page.
HIGH: Final = (QUERY, JWT, QUERY_JWT)
# Those whose answer a page of ours sends on.
BY_FORM: Final = (FORM_POST, FORM_POST_JWT)
