"""What people type about goods, and codes as a scanner types them into its place."""

_SIGNATURE = "Zk9/+a" * 7 + "A="

CODES = (
    "box 0104870001234560215aB%c&D(e)1+2\x1d93dGVz",
    "0104870001234560215aB%c&D",
    "]d20104870001234560",
    "(01)04870001234560(21)5aB%c&D",
    "Seife (92)Zk9",
    "https://a.kz/01/04870001234560/21/S1",
    "https://a.kz/x?92=ab",
    f"wipes {_SIGNATURE}",
    "010487000123456021S1",
    "01 04870001234560 21 5aB%c&D 93 dGVz",
)
"""With a serial, a marking key or a signature in them."""

WORDS = (
    "blue box, 24 x 100 g",
    "EAN 4870001234560",
    "lot 20261122",
    "8 packs of 12, 96 in all",
    "2026-11-22",
    "№ 96385074",
    "(21 pieces), 3/21 left",
    "article 93AB12, www.example.com/soap",
    "01048700012345",
    "item 01 04870001234560, 21 boxes",
)
"""Of goods, numbers among them."""
