"""What every part of a package is: its keys and no others."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a package: its keys are all there are."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)
