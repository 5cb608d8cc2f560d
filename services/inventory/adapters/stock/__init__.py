"""Where goods are: the ledger, its balances, lots and movements."""
