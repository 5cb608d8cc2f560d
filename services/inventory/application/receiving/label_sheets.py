"""What our labels are printed on, and what a label says before it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelStock:
    """A sheet or roll of labels; lengths in millimetres.

    A roll is a page of one label. Sizes are those the makers print on the box;
    *left* and *top* are where the first label begins.
    """

    page_width: float
    page_height: float
    label_width: float
    label_height: float
    columns: int = 1
    rows: int = 1
    left: float = 0
    top: float = 0
    gap_x: float = 0
    gap_y: float = 0

    @property
    def per_page(self) -> int:
        return self.columns * self.rows


A4_WIDTH, A4_HEIGHT = 210, 297

STOCKS: Mapping[str, LabelStock] = {
    "sheet-24": LabelStock(
        page_width=A4_WIDTH,
        page_height=A4_HEIGHT,
        label_width=70,
        label_height=37,
        columns=3,
        rows=8,
        top=0.5,
    ),
    "sheet-14": LabelStock(
        page_width=A4_WIDTH,
        page_height=A4_HEIGHT,
        label_width=99.1,
        label_height=38.1,
        columns=2,
        rows=7,
        left=4.65,
        top=15.15,
        gap_x=2.5,
    ),
    "roll-62x29": LabelStock(
        page_width=62, page_height=29, label_width=62, label_height=29
    ),
    "roll-62x50": LabelStock(
        page_width=62, page_height=50, label_width=62, label_height=50
    ),
}


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A line of a label; ``is_code`` sets the value so that 0 and O differ."""

    label: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label: large ``head``, small rows, and what its code says.

    ``elements`` are GS1 values by application identifier; without any the label
    carries words only. ``has_bars`` asks for a bar code beside the square one,
    for scanners that read lines only.
    """

    head: str
    rows: Sequence[LabelRow] = ()
    elements: Mapping[str, str] = field(default_factory=dict)
    is_code: bool = False
    has_bars: bool = False
