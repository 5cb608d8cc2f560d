"""Somebody who has no pointer: what is reached is reached by Tab, and is seen."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

STOPS_MAX = 80
SEEN = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "nothing";
  const words = at.ariaLabel || at.innerText || at.name || "";
  const name = `${at.tagName} ${words.trim()}`;
  const box = at.getBoundingClientRect();
  const ring = getComputedStyle(at);
  if (!at.matches(":focus-visible")) return `${name}: not marked`;
  if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2) {
    return `${name}: no ring`;
  }
  const within = (at, most) => Math.min(Math.max(at, 1), most - 1);
  const x = within(box.left + box.width / 2, innerWidth);
  const y = within(box.top + Math.min(box.height, 24) / 2, innerHeight);
  if (box.bottom <= 0 || box.top >= innerHeight) return `${name}: out of sight`;
  const top = document.elementFromPoint(x, y);
  const isOnTop = top && (at.contains(top) || top.contains(at));
  return isOnTop ? "" : `${name}: under ${top && top.className}`;
}"""
"""Says what is wrong with where the keyboard stands; nothing when it can be seen."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """Presses keys on one page, and looks at every stop."""

    page: Page

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)

    def tab(self) -> None:
        """Go one stop on; whoever looks must see where the keyboard stands."""
        self.press("Tab")
        assert (wrong := self.page.evaluate(SEEN)) == "", wrong

    def tab_to(self, goal: Locator) -> None:
        """Go on until the goal has the focus; nowhere, where it has it already."""
        for _stop in range(STOPS_MAX):
            if self.stands_on(goal):
                return
            self.tab()
        raise AssertionError(f"no stop of {STOPS_MAX} is {goal}")

    def stands_on(self, goal: Locator) -> bool:
        """Say whether the goal has the focus."""
        return bool(goal.evaluate("(one) => one === document.activeElement"))

    def enter(self) -> None:
        """Press Enter where it leads to another page; return when that is whole."""
        with self.page.expect_navigation():
            self.press("Enter")
