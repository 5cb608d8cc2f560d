"""The paths of ribbons between the shapes of a gift's way, as one SVG writes them."""

TOP, LEFT = 40.0, 4.0
BAR_WIDE, BAR_NARROW = 14.0, 10.0
STUB_AT = 178.0
"""Where branches end on a phone."""


def across(x: float, onward: float, high: float) -> str:
    """Go on from a bar at ``x`` to the next one, sideways."""
    left, bottom = x + BAR_WIDE, TOP + high
    middle = (left + onward) / 2
    return (
        f"M{left:.1f} {TOP:.1f}L{onward:.1f} {TOP:.1f}L{onward:.1f} {bottom:.1f}"
        f"C{middle:.1f} {bottom:.1f} {middle:.1f} {bottom:.1f} {left:.1f} {bottom:.1f}Z"
    )


def down(y: float, onward: float, long: float) -> str:
    """Go on from a bar at ``y`` to the next one, downwards."""
    top, right = y + BAR_NARROW, LEFT + long
    return (
        f"M{LEFT:.1f} {top:.1f}L{LEFT:.1f} {onward:.1f}"
        f"L{right:.1f} {onward:.1f}L{right:.1f} {top:.1f}Z"
    )


def falling(x: float, y: float, to_x: float, to_y: float, high: float) -> str:
    """Fall from a bar for wide screens to where a branch ends."""
    middle, bottom, to_bottom = (x + to_x) / 2, y + high, to_y + high
    return (
        f"M{x:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f}"
        f" {to_x:.1f} {to_y:.1f}L{to_x:.1f} {to_bottom:.1f}"
        f"C{middle:.1f} {to_bottom:.1f} {middle:.1f} {bottom:.1f}"
        f" {x:.1f} {bottom:.1f}Z"
    )


def aside(x: float, row: float, long: float, y: float, high: float) -> str:
    """Leave a bar on a phone to the side, to where branches end."""
    top, right, bottom = row + BAR_NARROW, x + long, y + high
    return (
        f"M{right:.1f} {top:.1f}C{right:.1f} {y:.1f} {right + 10:.1f} {y:.1f}"
        f" {STUB_AT:.1f} {y:.1f}V{bottom:.1f}"
        f"C{x + 10:.1f} {bottom:.1f} {x:.1f} {bottom:.1f} {x:.1f} {top:.1f}Z"
    )
