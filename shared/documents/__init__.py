"""Papers and labels: typst templates filled with facts, codes drawn by zxing-cpp.

A template never receives typst source: facts travel as JSON and are shown as text,
so a lot number may hold ``#``, ``$`` or ``"``.
"""
