"""Pictures that the window draws, saved whole or not at all."""

from pathlib import Path

from competition_app.documents import saving


def save_picture(target: Path, data: bytes) -> None:
    """Save a picture. Raises Refusal where the file cannot be written or would replace a store."""
    saving.save(target, lambda file: file.write(data))
