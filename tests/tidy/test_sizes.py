"""A function fits on a screen, a module in a head."""

import ast

import pytest

from tests.tidy.sources import modules, name, text, tree

FUNCTION_LINES_MAX = 40
MODULE_LINES_MAX = 300
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_function_fits_on_a_screen(path):
    too_long = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTION)
        and node.end_lineno - node.lineno >= FUNCTION_LINES_MAX
    ]

    assert too_long == []


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_tells_one_story(path):
    lines = text(path).count("\n")

    assert lines <= MODULE_LINES_MAX
