"""From the dataclass of a message to its marshmallow schema.

The dataclass says each field once; the schema that guards the wire is read off
it, so the two cannot drift apart.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from marshmallow import EXCLUDE, Schema, post_load
from marshmallow import fields as wire
from marshmallow.validate import OneOf, Range

Count = Annotated[int, Range(min=0)]
"""Whole units of issue, none included."""

Amount = Annotated[int, Range(min=1)]
"""Whole units of issue, at least one."""

Version = Annotated[int, Range(min=1)]
"""Grows with every change of the thing it belongs to; the highest counts."""

Sensitivity = Annotated[int, Range(0, 2)]
"""How much a product may reveal about who needs it (DOMAIN.md 5.3)."""

Audience = Literal["detention", "community"]
"""The finest label of a place that may leave distribution."""

_SIMPLE: Mapping[type, type[wire.Field[Any]]] = {
    str: wire.String,
    bool: wire.Boolean,
    date: wire.Date,
    datetime: wire.AwareDateTime,
    UUID: wire.UUID,
}


class MessageSchema(Schema):
    """Reads a body into its frozen dataclass and writes it back.

    Unknown fields are passed over, so that a newer sender may add some: a change
    that is more than an addition is a new message with the next version number.
    """

    class Meta:
        """What marshmallow wants to know."""

        unknown = EXCLUDE


def schema_of(shape: Any) -> MessageSchema:
    """Make the schema that reads and writes a message's dataclass."""
    hints = get_type_hints(shape, include_extras=True)
    declared = {
        field.name: _wire_field(hints[field.name], **_presence(field))
        for field in fields(shape)
    }
    made = MessageSchema.from_dict(declared, name=f"{shape.__name__}Schema")
    built = type(made.__name__, (made,), {"build": post_load(_builder(shape))})
    schema: MessageSchema = built()
    return schema


def _builder(shape: type) -> Any:
    def build(_schema: Schema, values: dict[str, Any], **_: object) -> Any:
        return shape(**{name: _frozen(value) for name, value in values.items()})

    return build


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _presence(field: Field[Any]) -> dict[str, Any]:
    if field.default is MISSING:
        return {"required": True}
    return {"load_default": field.default}


def _wire_field(hint: Any, **options: Any) -> wire.Field[Any]:
    """Choose the marshmallow field for a type hint."""
    if get_origin(hint) in {UnionType, Union}:
        (inner,) = (option for option in get_args(hint) if option is not NoneType)
        return _wire_field(inner, allow_none=True, **options)
    if get_origin(hint) is Annotated:
        _, rule = get_args(hint)
        return wire.Integer(strict=True, validate=rule, **options)
    if is_dataclass(hint):
        return wire.Nested(schema_of(hint), **options)
    return _container(hint, options) or _SIMPLE[hint](**options)


def _container(hint: Any, options: dict[str, Any]) -> wire.Field[Any] | None:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return wire.String(validate=OneOf(arguments), **options)
    if origin is tuple:
        return wire.List(_wire_field(arguments[0]), **options)
    if origin is dict:
        keys, values = (_wire_field(argument) for argument in arguments)
        return wire.Dict(keys=keys, values=values, **options)
    return None
