"""Our own files, as the tidy tests read them."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("shared", "services", "deploy")
FOLDERS = (*CODE, "tests", "docs", ".ci")
NOT_OURS = {"node_modules", "dist", "__pycache__"}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".pdf", ".mo", ".wasm"}


def ours(*folders: str, pattern: str = "*") -> list[Path]:
    """Return our files below these folders, generated ones left out, in order."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(pattern))
    return sorted(
        path
        for path in found
        if path.is_file() and not NOT_OURS.intersection(path.parts)
    )


def modules() -> list[Path]:
    """Return every Python module of the product, its migrations left out."""
    return [p for p in ours(*CODE, pattern="*.py") if "migrations" not in p.parts]


def texts() -> list[Path]:
    """Return every text file a reader of the repository may open."""
    beside = [p for p in ROOT.iterdir() if p.is_file() and p.name != ".git"]
    return [p for p in [*beside, *ours(*FOLDERS)] if p.suffix not in BINARY]


def name(path: Path) -> str:
    """Return the path as people say it, from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    """Return a file's text, whatever the language of this system."""
    return path.read_text(encoding="utf-8", errors="replace")


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return the module's syntax tree."""
    return ast.parse(text(path))


def nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    """Return every node of one kind in all our modules."""
    every = (node for path in modules() for node in ast.walk(tree(path)))
    return (node for node in every if isinstance(node, kind))


def page(where: str) -> str:
    """Return a documentation page's text; a missing page documents nothing."""
    place = ROOT / where
    return text(place) if place.exists() else ""
