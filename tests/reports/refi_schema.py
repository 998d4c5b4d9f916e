"""The official REFI-QDA schema, as far as pyrefiqda's models carry it: they were generated from it, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin

from lxml import etree
from pydantic import BaseModel
from xsdata.models.datatype import XmlDate, XmlDateTime

XSD = "http://www.w3.org/2001/XMLSchema"
PLAIN = {
    str: "xs:string", bool: "xs:boolean", int: "xs:integer", Decimal: "xs:decimal", XmlDate: "xs:date",
    XmlDateTime: "xs:dateTime",
}  # fmt: skip


def schema_of(root: type[BaseModel], namespace: str) -> etree.XMLSchema:
    """Which elements stand in which, in what order and how often, their attributes, and what each may say."""
    schema = etree.Element(
        f"{{{XSD}}}schema",
        {"targetNamespace": namespace, "elementFormDefault": "qualified"},
        nsmap={"xs": XSD, None: namespace},
    )
    etree.SubElement(schema, f"{{{XSD}}}element", name=root.__name__, type=root.__name__)
    for model in _models(root):
        _complex(schema, model)
    return etree.XMLSchema(etree.fromstring(etree.tostring(schema)))


def _models(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    waiting, seen = [root], {root}
    while waiting:
        model = waiting.pop()
        yield model
        for field in model.model_fields.values():
            held = _held(field.annotation)
            if issubclass(held, BaseModel) and held not in seen:
                seen.add(held)
                waiting.append(held)


def _held(annotation: Any) -> Any:
    """What a field holds: the type itself, behind `list[…]` or `… | None`."""
    if get_origin(annotation) in (list, UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


def _complex(schema: etree._Element, model: type[BaseModel]) -> None:
    made = etree.SubElement(schema, f"{{{XSD}}}complexType", name=model.__name__)
    sequence = etree.SubElement(made, f"{{{XSD}}}sequence")
    for name, field in model.model_fields.items():
        told = field.xsdata_metadata  # type: ignore[attr-defined]
        held, many = _held(field.annotation), get_origin(field.annotation) is list
        if told["type"] == "Attribute":
            use = "required" if field.is_required() else "optional"
            one = etree.SubElement(made, f"{{{XSD}}}attribute", name=told.get("name", name), use=use)
        else:
            least = told.get("min_occurs", 0) if many else int(field.is_required())
            often = {"minOccurs": str(least), "maxOccurs": "unbounded" if many else "1"}
            one = etree.SubElement(sequence, f"{{{XSD}}}element", {"name": told.get("name", name), **often})
        if issubclass(held, BaseModel):
            one.set("type", held.__name__)
        elif "pattern" in told or issubclass(held, Enum):
            simple = etree.SubElement(etree.SubElement(one, f"{{{XSD}}}simpleType"), f"{{{XSD}}}restriction")
            simple.set("base", "xs:token")
            said = [("pattern", told["pattern"])] if "pattern" in told else [("enumeration", e.value) for e in held]
            for kind, value in said:
                etree.SubElement(simple, f"{{{XSD}}}{kind}", value=value)
        else:
            one.set("type", PLAIN[held])
