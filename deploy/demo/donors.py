"""Who gives in the story (DOMAIN.md 7.2)."""

from deploy.demo.days import FIRST_DAY
from deploy.demo.papers import choose_letters
from deploy.demo.stage import Stage

DONORS = (
    ("EX-D1", "Alatau Pharmacy Chain (example)", "organisation", "ru"),
    ("EX-D2", "Steppe Textile Works (example)", "organisation", "ru"),
    ("EX-D3", "Baiterek Rotary Circle (example)", "organisation", "ru"),
    ("EX-D4", "Diaspora Mothers' Fund (example)", "organisation", "kk"),
    ("EX-D5", "Orchard Supermarket (example)", "organisation", "ru"),
    ("EX-D6", "Nordic Partner Mission (example)", "organisation", "en"),
    ("EX-D7", "University Volunteers (example)", "organisation", "kk"),
    ("EX-D8", "Private donors without a name (example)", "anonymous", "ru"),
)
"""Code, name, kind and language."""

AGREED = {
    "EX-D1": ("gifts@alatau.example", "weekly"),
    "EX-D3": ("circle@baiterek.example", "never"),
    "EX-D4": ("fund@mothers.example", "monthly"),
    "EX-D6": ("programme@nordic.example", "weekly"),
}
"""Who may be written to, where, and how often; nobody reads at these addresses."""


def register_donors(stage: Stage) -> None:
    """Register every donor, with the address of those who agreed to letters."""
    coordinator = stage.person("coordinator")
    for donor_code, name, kind, language in DONORS:
        email, cadence = AGREED.get(donor_code, (None, "never"))
        consent = {"email": email, "consented_on": FIRST_DAY.isoformat()}
        coordinator.post(
            "donors",
            "/donors",
            {
                "command_id": coordinator.new_id(),
                "donor_code": donor_code,
                "name": name,
                "kind": kind,
                "language": language,
                "contact": consent if email else None,
            },
        )
        if cadence != "never":
            choose_letters(stage, donor_code, cadence)
