"""Codes drawn as SVG, read back as a scanner reads them."""

import re

import zxingcpp
from PIL import Image

_SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')
_BAR = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h")
FINENESS = 2


def read_drawn(svg: str) -> zxingcpp.Barcode:
    """Fill the bars of the drawing's path and read them; fails where none is found."""
    size = _SIZE.search(svg)
    assert size is not None
    width, height = (int(side) * FINENESS for side in size.groups())
    picture = Image.new("L", (width, height), "white")
    for bar in _BAR.findall(svg):
        left, top, across, down = (float(number) * FINENESS for number in bar)
        box = (left, top, left + across, top + down)
        picture.paste("black", tuple(map(round, box)))
    found = zxingcpp.read_barcode(picture, text_mode=zxingcpp.TextMode.Plain)
    assert found is not None
    return found
