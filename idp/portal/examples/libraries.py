"""The libraries that there is something to start with for; each is run by `tests/interop`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.registration import Kind
from idp.portal.examples.demands import Demand

# Text to us: what runs them is the tests of other libraries.
_PROGRAMS: Final = Path(__file__).parent / "programs"
_PRINTS: Final = _(
    "Open the address that it prints, and sign in as one of your test residents. The program then"
    " prints what the ID token says, and the details that were shared."
)
_GETS_TOKEN: Final = _(
    "The program prints for how many seconds its token is good, and with which scopes. Have it"
    " send the token to the API."
)
_API: Final = _(
    "Before it can get a token, an operator of the council lets this application call the API."
    " Download borough-login.json after that: the API is in it as resource, its scopes as scope."
)
_SHOWS: Final = _(
    "Open the address that it prints, and sign in as one of your test residents. The page then"
    " shows their details, and can sign them out. To come back to it afterwards, give its address"
    " under After signing out in the overview, and add it to borough-login.json as"
    " post_logout_redirect_uri."
)
_SITE: Final = _(
    "It serves the host, port and path of your redirect URI, which is one on your own machine with"
    " a path that nothing else has, such as http://localhost:9000/callback."
)
_LITTLE: Final = frozenset({Demand.KEY})
_ALL: Final = frozenset(Demand)
_PASTE: Final = _(
    "It does what this application must, and leaves out what it need not. It does not listen: paste"
    " into it the address at which your browser ends, even if there is no page yet. You have a"
    " minute for that."
)
# They listen on the machine that they run on, with a secret or without one.
_ON_A_MACHINE: Final = frozenset({Kind.WEB, Kind.NATIVE})


@dataclass(frozen=True)
class Library:
    """A library: its own name, the language, how to install it, its files and how to run them.

    `see` says what to do and see then, `note` what to know first. It is shown to applications of
    its `kinds` alone, of which no more may be demanded than it `meets`.
    """

    key: str
    name: str
    language: Promise
    install: str
    files: tuple[str, ...]
    run: str
    see: Promise
    note: Promise | str = ""
    kinds: frozenset[Kind] = frozenset({Kind.WEB})
    meets: frozenset[Demand] = frozenset()

    @property
    def is_simple(self) -> bool:
        """Whether it is for applications of which little is demanded; others are longer."""
        return self.meets <= _LITTLE

    def text(self, file: str) -> str:
        """Return what one of its files holds."""
        return (_PROGRAMS / f"{file}.txt").read_text(encoding="utf-8")

    @property
    def texts(self) -> dict[str, str]:
        """What each of its files holds, by name."""
        return {file: self.text(file) for file in self.files}


LIBRARIES: Final[dict[str, Library]] = {
    library.key: library
    for library in (
        Library(
            "authlib",
            "Authlib",
            _("Python"),
            "pip install authlib requests",
            ("with_authlib.py",),
            "python with_authlib.py",
            _PRINTS,
            kinds=_ON_A_MACHINE,
            meets=_LITTLE,
        ),
        Library(
            "mozilla-django-oidc",
            "mozilla-django-oidc",
            _("Python with Django"),
            "pip install mozilla-django-oidc",
            ("with_mozilla_django_oidc.py",),
            "python with_mozilla_django_oidc.py",
            _SHOWS,
            _SITE,
        ),
        Library(
            "django-allauth",
            "django-allauth",
            _("Python with Django"),
            'pip install "django-allauth[socialaccount]"',
            ("with_django_allauth.py",),
            "python with_django_allauth.py",
            _SHOWS,
            _SITE,
        ),
        Library(
            "openid-client",
            "openid-client",
            _("JavaScript on Node.js"),
            "npm install openid-client",
            ("with_openid_client.mjs",),
            "node with_openid_client.mjs",
            _PRINTS,
            kinds=_ON_A_MACHINE,
            meets=_LITTLE,
        ),
        Library(
            "passport",
            "Passport",
            _("JavaScript on Node.js"),
            "npm install express express-session openid-client passport",
            ("with_passport.mjs",),
            "node with_passport.mjs",
            _SHOWS,
            _(
                "It has its strategy from openid-client, which does PKCE and checks what is signed."
                " The package passport-openidconnect does neither, so it does not work here."
            ),
        ),
        Library(
            "oidc-client-ts",
            "oidc-client-ts",
            _("JavaScript in the browser"),
            "npm install oidc-client-ts",
            ("with_oidc_client_ts.html", "serve_page.mjs"),
            "node serve_page.mjs",
            _SHOWS,
            _(
                "The page reads the settings itself: they hold no secret. Node.js serves it while"
                " you try it out; for residents any web server does."
            ),
            kinds=frozenset({Kind.SPA}),
        ),
        Library(
            "mod_auth_openidc",
            "mod_auth_openidc",
            _("Apache on Debian or Ubuntu, before pages in any language"),
            "apt-get install apache2 libapache2-mod-auth-openidc",
            (
                "with_mod_auth_openidc.conf",
                "with_mod_auth_openidc.shtml",
                "with_mod_auth_openidc.py",
            ),
            "python3 with_mod_auth_openidc.py",
            _SHOWS,
            _(
                "It runs an Apache of its own, at the host and port of your redirect URI, and fills"
                " in the values of the settings. Run by root it serves as www-data, which must be"
                " able to read the folder. Two warnings in its log are about addresses without"
                " https on your own machine."
            ),
        ),
        Library(
            "authlib-service",
            "Authlib",
            _("Python"),
            "pip install authlib requests",
            ("with_authlib_service.py",),
            "python with_authlib_service.py",
            _GETS_TOKEN,
            _API,
            kinds=frozenset({Kind.SERVICE}),
            meets=_LITTLE,
        ),
        Library(
            "openid-client-service",
            "openid-client",
            _("JavaScript on Node.js"),
            "npm install openid-client",
            ("with_openid_client_service.mjs",),
            "node with_openid_client_service.mjs",
            _GETS_TOKEN,
            _API,
            kinds=frozenset({Kind.SERVICE}),
            meets=_LITTLE,
        ),
        Library(
            "openid-client-fapi",
            "openid-client",
            _("JavaScript on Node.js 22.19 or newer"),
            "npm install openid-client undici",
            ("with_openid_client_fapi.mjs",),
            "node with_openid_client_fapi.mjs",
            _PRINTS,
            _PASTE,
            kinds=_ON_A_MACHINE,
            meets=_ALL,
        ),
        Library(
            "openid-client-fapi-service",
            "openid-client",
            _("JavaScript on Node.js 22.19 or newer"),
            "npm install openid-client undici",
            ("with_openid_client_fapi_service.mjs",),
            "node with_openid_client_fapi_service.mjs",
            _GETS_TOKEN,
            _API,
            kinds=frozenset({Kind.SERVICE}),
            meets=_ALL,
        ),
        Library(
            "requests-service",
            "Requests",
            _("Python"),
            "pip install requests",
            ("with_requests_service.py",),
            "python with_requests_service.py",
            _GETS_TOKEN,
            _API,
            kinds=frozenset({Kind.SERVICE}),
            meets=frozenset({Demand.CERTIFICATE}),
        ),
    )
}


def suiting(kind: Kind, demands: frozenset[Demand] = frozenset()) -> list[Library]:
    """Return the libraries that applications of this kind, with these demands, can start with.

    One that does more is not shown where a simpler one does.
    """
    is_simple = demands <= _LITTLE
    return [
        library
        for library in LIBRARIES.values()
        if kind in library.kinds and demands <= library.meets and library.is_simple is is_simple
    ]


def with_secrets_alone(kind: Kind) -> list[str]:
    """Return the names of those libraries that suit the kind, but no application with a key."""
    with_keys = suiting(kind, _LITTLE)
    return [one.name for one in suiting(kind) if one not in with_keys]


def of_other_kinds(kind: Kind) -> dict[Kind, list[str]]:
    """Return, for each other kind that has any, the names of the libraries that suit it."""
    names = {one: [library.name for library in suiting(one)] for one in Kind}
    return {one: found for one, found in names.items() if found and one is not kind}
