"""What others rely on is written down: codes, metrics, messages and invariants."""

import ast
import re

from shared.contracts.registry import SHAPES
from tests.tidy.sources import CODE, nodes, ours, page, text

METRICS = {"Counter", "Gauge", "Histogram", "Summary"}
FAMILIES = {f"{metric}MetricFamily" for metric in METRICS}
INVARIANT = re.compile(r"\bINV-\d\d\b")


def error_codes():
    """Return each `code = "..."` that stands directly in a class."""
    for node in nodes(ast.ClassDef):
        for line in node.body:
            match line:
                case (
                    ast.Assign(targets=[ast.Name("code")], value=ast.Constant(code))
                    | ast.AnnAssign(target=ast.Name("code"), value=ast.Constant(code))
                ):
                    yield code


def metric_names():
    """Return the first argument of each metric we define."""
    for call in nodes(ast.Call):
        called = getattr(call.func, "attr", getattr(call.func, "id", ""))
        match call.args:
            case [ast.Constant(str(metric)), *_] if called in METRICS | FAMILIES:
                yield metric


def invariants(paths):
    return {number for path in paths for number in INVARIANT.findall(text(path))}


def register():
    return set(INVARIANT.findall(page("docs/invariants.md")))


def undocumented(words, path):
    known = page(path)
    return sorted({word for word in words if f"`{word}`" not in known})


def test_every_error_code_says_what_to_do_about_it():
    assert undocumented(error_codes(), "docs/errors.md") == []


def test_every_metric_is_explained():
    words = page("docs/metrics.md")
    unexplained = {m for m in metric_names() if not re.search(rf"`{m}[`{{]", words)}

    assert sorted(unexplained) == []


def test_every_message_is_explained():
    assert undocumented(SHAPES, "docs/messages.md") == []


def test_every_message_has_a_golden_sample():
    samples = {path.stem for path in ours("tests/contract/samples", pattern="*.json")}

    assert sorted(set(SHAPES) - samples) == []


def test_every_invariant_named_in_code_is_in_the_register():
    named = invariants(ours(*CODE, "tests", pattern="*.py"))

    assert sorted(named - register()) == []


def test_every_invariant_of_the_register_is_named_by_a_test():
    assert sorted(register() - invariants(ours("tests", pattern="*.py"))) == []
