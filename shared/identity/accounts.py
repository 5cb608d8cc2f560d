"""Accounts and what they are allowed to be."""

from dataclasses import dataclass
from uuid import UUID

from shared.kernel.errors import MalformedError

ROLES = (
    "volunteer",
    "reviewer",
    "coordinator",
    "outreach",
    "donor",
    "auditor",
    "admin",
)
LANGUAGES = ("kk", "ru", "en")
EMAIL_CHARS_MAX = 254
NAME_CHARS_MAX = 120
UNITS_MAX = 200


@dataclass(frozen=True, slots=True)
class Principal:
    """The person or program behind a request, as known a few seconds ago."""

    account_id: UUID
    email: str
    display_name: str
    roles: frozenset[str]
    units: tuple[str, ...] = ()
    donor_code: str | None = None
    language: str = "ru"

    def has_role(self, *roles: str) -> bool:
        """Say whether one of the roles is held."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is said about a new account; refuses what no account can be."""

    email: str
    display_name: str
    roles: tuple[str, ...]
    units: tuple[str, ...] = ()
    donor_code: str | None = None
    language: str = "ru"

    def __post_init__(self) -> None:
        object.__setattr__(self, "email", normal_email(self.email))
        self._check_name()
        self._check_roles()
        if self.language not in LANGUAGES:
            raise MalformedError(
                f"Language {self.language!r} is not one of {', '.join(LANGUAGES)}.",
                field="language",
            )

    def _check_name(self) -> None:
        if not 0 < len(self.display_name.strip()) <= NAME_CHARS_MAX:
            raise MalformedError(
                f"A display name has 1 to {NAME_CHARS_MAX} characters.",
                field="display_name",
            )

    def _check_roles(self) -> None:
        unknown = sorted(set(self.roles) - set(ROLES))
        if unknown or not self.roles:
            raise MalformedError(
                f"Roles {unknown or 'none'} will not do. Take one or more of "
                f"{', '.join(ROLES)}.",
                field="roles",
            )
        if "donor" in self.roles and not self.donor_code:
            raise MalformedError(
                "An account with the role donor names its donor_code.",
                field="donor_code",
            )
        if len(self.units) > UNITS_MAX:
            raise MalformedError(
                f"An account has at most {UNITS_MAX} units.", field="units"
            )


@dataclass(frozen=True, slots=True)
class Account:
    """An account as an administrator sees it."""

    account_id: UUID
    profile: Profile
    is_disabled: bool

    @property
    def principal(self) -> Principal:
        return Principal(
            account_id=self.account_id,
            email=self.profile.email,
            display_name=self.profile.display_name,
            roles=frozenset(self.profile.roles),
            units=self.profile.units,
            donor_code=self.profile.donor_code,
            language=self.profile.language,
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The one moment a secret is in our hands: hand it over and forget it."""

    principal: Principal
    secret: str
    expires_in_seconds: int


def normal_email(text: str) -> str:
    """Give the one spelling under which an e-mail address is kept.

    Raises MalformedError for what cannot be an address.
    """
    email = text.strip().casefold()
    name, at, host = email.partition("@")
    if not (name and at and host) or len(email) > EMAIL_CHARS_MAX or " " in email:
        raise MalformedError(f"{text[:80]!r} is not an e-mail address.", field="email")
    return email
