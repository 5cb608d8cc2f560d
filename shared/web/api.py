"""The JSON border: what may come in, and what a list looks like."""

import json
import re
from collections.abc import Callable
from typing import Any, cast

from flask import Request
from flask_smorest import Api, Blueprint  # type: ignore[import-untyped]
from marshmallow import Schema, fields
from webargs import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import RequestEntityTooLarge

_SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
BODY_BYTES_MAX = 2_000_000
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
REPLACEMENT = "\ufffd"


class BorderParser(FlaskParser):
    """Reads JSON so strictly that nothing behind it meets a surprise.

    Refused as 422: what is not JSON, NaN and infinity, numbers of thousands of
    digits, nesting that would exhaust the stack. NUL and lone surrogates, which no
    database keeps, become U+FFFD: a scanner's noise then waits in attention
    instead of blocking the whole batch it came in.
    """

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            return missing
        raw = req.get_data(cache=True)
        if len(raw) >= BODY_BYTES_MAX:
            # Werkzeug cuts a chunked body off here instead of refusing it
            raise RequestEntityTooLarge
        body = _parsed(raw)
        return _cleaned(body) if _SUSPICIOUS.search(raw) else body


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        raise json.JSONDecodeError(str(problem), doc="?", pos=0) from problem


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {storable(key): _cleaned(one) for key, one in value.items()}
    return value


def storable(text: str) -> str:
    """Replace what no database can keep: NUL and lone surrogates."""
    kept = text.replace("\0", REPLACEMENT)
    return kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class ApiBlueprint(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """A flask-smorest blueprint that reads through the border parser."""

    ARGUMENTS_PARSER = BorderParser()

    def route(self, rule: str, **options: Any) -> Decorator:
        """Register a view; the topmost decorator."""
        return cast("Decorator", super().route(rule, **options))

    def arguments(self, schema: Any, **options: Any) -> Decorator:
        """Parse what the request brings and pass it to the view; 422 names fields.

        The schema is made here, once: to make it costs more than to use it.
        """
        made = schema() if isinstance(schema, type) else schema
        return cast("Decorator", super().arguments(made, **options))

    def response(
        self, status_code: int, schema: Any = None, **options: Any
    ) -> Decorator:
        """Serialise what the view gives; documented in the OpenAPI file."""
        return cast("Decorator", super().response(status_code, schema, **options))


class ProblemSchema(Schema):
    """RFC 9457; the facts of the refusal stand beside these members."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "docs/errors.md"})
    transient = fields.Boolean(required=True)


class ProblemApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """Documents the API; how failures are told is ``shared.web.problems``' part."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave failures to ours."""


class Page:
    """The shape of every list: ``{"items": [...], "next": cursor or null}``."""

    @staticmethod
    def of(item: type[Schema]) -> type[Schema]:
        """Make the page schema of an item schema."""
        name = item.__name__.removesuffix("Schema") + "Page"
        members: dict[str, fields.Field[Any]] = {
            "items": fields.List(fields.Nested(item), required=True),
            "next": fields.String(allow_none=True, required=True),
        }
        return Schema.from_dict(members, name=name)
