"""What may be told of where goods went, and what must stay untold (DOMAIN.md 5.3).

``grouping`` merges first: a donor's month is told in the finest groups that rest
on enough people and that no subtraction takes apart. ``suppression`` hides cells
of a table whose shape is fixed. ``audit`` says what an adversary can work out.
"""
