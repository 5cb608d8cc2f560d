"""Who gives in the story (DOMAIN.md 7.2)."""

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
"""Code, name, kind and language; no donor of the story has a contact."""


def register_donors(stage: Stage) -> None:
    """Register every donor."""
    coordinator = stage.person("coordinator")
    for donor_code, name, kind, language in DONORS:
        coordinator.post(
            "donors",
            "/donors",
            {
                "command_id": coordinator.new_id(),
                "donor_code": donor_code,
                "name": name,
                "kind": kind,
                "language": language,
            },
        )
