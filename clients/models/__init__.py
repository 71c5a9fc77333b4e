"""Tables of partner organisations, their applications, and the resources these call."""

from clients.models.api_token import ApiToken
from clients.models.application import Application
from clients.models.application_logo import ApplicationLogo, ProposedLogo
from clients.models.application_scope import ApplicationScope
from clients.models.client_secret import ClientSecret
from clients.models.fetched_keys import FetchedKeys
from clients.models.initial_access_token import InitialAccessToken
from clients.models.invitation import Invitation
from clients.models.member import Member
from clients.models.organisation import Organisation
from clients.models.organisation_proof import OrganisationProof
from clients.models.resource import Resource
from clients.models.scope_terms import ScopeTerms
from clients.models.secret_leak import SecretLeak
from clients.models.submission import Comment, NoticeReading, SignOff, Submission
from clients.models.test_resident import TestResident

__all__ = [
    "ApiToken",
    "Application",
    "ApplicationLogo",
    "ApplicationScope",
    "ClientSecret",
    "Comment",
    "FetchedKeys",
    "InitialAccessToken",
    "Invitation",
    "Member",
    "NoticeReading",
    "Organisation",
    "OrganisationProof",
    "ProposedLogo",
    "Resource",
    "ScopeTerms",
    "SecretLeak",
    "SignOff",
    "Submission",
    "TestResident",
]
