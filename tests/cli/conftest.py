"""What commands leave behind in their process is taken away again: the log they set up."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _log_put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
    logging.captureWarnings(capture=False)
