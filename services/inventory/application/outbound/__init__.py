"""From pick list to gate, and what comes back."""
