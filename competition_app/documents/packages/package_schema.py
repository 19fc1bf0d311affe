"""The JSON Schemas of plan and package, made from the types (package.md §1)."""

import json
from typing import Any

from pydantic import BaseModel

from competition_app.documents.packages.package_types import Package
from competition_app.domain.plans.plan import Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, str]:
    """The files of ``resources/schema`` by name, as text."""
    found = {"plan.schema.json": _schema(Plan), "competition-package.schema.json": _schema(Package)}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for name, schema in found.items()}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": DIALECT, **model.model_json_schema(by_alias=True)}
