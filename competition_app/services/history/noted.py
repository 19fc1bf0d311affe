"""A sentence noted beside a change, kept so that the history can be read in any language."""

from competition_app.domain.errors import Said


def noted(said: Said) -> dict[str, object]:
    """The sentence as JSON values, for ``Act.note``. No personal value may stand in it."""
    values = {name: noted(v) if isinstance(v, Said) else v for name, v in said.values.items()}
    return {"said": said.text, "values": values}


def noted_sentence(value: object) -> Said | None:
    """The sentence that a note holds; None for any other note."""
    if not isinstance(value, dict) or set(value) != {"said", "values"}:
        return None
    return Said(value["said"], {k: noted_sentence(v) or v for k, v in value["values"].items()})
