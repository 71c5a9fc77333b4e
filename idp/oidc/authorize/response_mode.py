"""In which way an answer travels to the application (OAuth 2.0 Multiple Response Types §2.1)."""

from typing import Final

QUERY: Final = "query"
# OAuth 2.0 Form Post Response Mode.
FORM_POST: Final = "form_post"
DEFAULT: Final = QUERY
MODES: Final = (QUERY, FORM_POST)
# Of the high profile: what stands in a form can be read by whatever else runs in the page.
HIGH: Final = (QUERY,)
