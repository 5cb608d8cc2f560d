"""How roles and the refusals around accounts are called."""

from shared.web.words import LazyText, _l

ROLE_NAMES: dict[str, LazyText] = {
    "volunteer": _l("Warehouse volunteer"),
    "reviewer": _l("Medical reviewer"),
    "coordinator": _l("Coordinator"),
    "outreach": _l("Outreach team"),
    "donor": _l("Donor"),
    "auditor": _l("Auditor"),
    "admin": _l("Administrator"),
}

REFUSAL_TEXTS: dict[str, LazyText] = {
    "own_account": _l(
        "This is your own account. Ask another administrator to disable it."
    ),
}
