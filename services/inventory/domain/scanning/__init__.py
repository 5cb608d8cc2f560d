"""From the text of a scanner to what the pack says: seven layers, all pure.

1. ``cleaning`` trims, puts separators back and caps the length
2. ``cleaning`` and ``keyboard`` refuse what no scanner should send
3. ``symbology`` takes off the prefix that names the kind of symbol
4. ``decoding`` finds out how to read it: ``links``, ``brackets``, ``numbers``
   or ``elements``
5. these four cut it into elements, which ``dictionary`` and ``values`` judge in
   reading order
6. ``pairing`` judges which elements may stand together, over both symbols of a
   pack where ``combining`` joins two
7. finding the product belongs to the caller: a scan never creates one

ADR 0007 says why ``biip`` supplies the tables and not the verdicts.
"""
