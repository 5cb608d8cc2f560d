"""Who may come in: accounts, sessions and tokens, in a database of their own.

Every process reads it; only the ``/account`` pages and ``komek user`` write it.
No password and no token is kept, only what proves one (argon2id, SHA-256).
"""
