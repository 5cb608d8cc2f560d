"""The warehouse page: one card for each kind of work."""

from flask import Blueprint, render_template

from services.inventory.entrypoints.pages.work_cards import WORK
from shared.web.auth import allow, current_principal


class WorkPages:
    """``/inventory/work``; it asks the database nothing."""

    def register(self, pages: Blueprint) -> None:
        """Put the warehouse page's address on the blueprint."""
        pages.add_url_rule("/work", "work", self.show)

    @allow("volunteer", "reviewer", "coordinator")
    def show(self) -> str:
        """Show the cards of what this person may do or see."""
        principal = current_principal()
        cards = [each for each in WORK if each.is_for(principal)]
        return render_template("inventory/work.html", cards=cards)
