"""Facts on their way: announced iff committed, taking effect once, healed if lost."""
