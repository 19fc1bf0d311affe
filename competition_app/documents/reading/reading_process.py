"""Starts the worker process that opens outside files, from a checkout or from a frozen program."""

import contextlib
import multiprocessing
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from competition_app.documents.reading import reading_worker

_MOST_ANSWER = 512 * 2**20


class Worker(Protocol):
    """A worker process that answers one order after the other."""

    def ask(self, order: bytes) -> bytes | None:
        """The answer to an order; None when the process died over it."""

    def kill(self) -> None:
        """End the process at once; a question under way gets None."""

    def close(self) -> None:
        """End the process and let go of what it held."""


def start() -> Worker:
    """A new worker process, ready in about 60 ms."""
    return Spawned() if getattr(sys, "frozen", False) else Started()


def command() -> list[str]:
    """How Python is told to run the worker's file alone, with the program's folder behind all others."""
    root = Path(__file__).resolve().parents[3]
    return [sys.executable, "-P", "-X", "utf8", str(Path(reading_worker.__file__)), str(root)]


class Started:
    """The worker as a Python process of its own: it imports nothing of the program that it does not need."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid

    def ask(self, order: bytes) -> bytes | None:
        """The answer to an order; None when the process died over it."""
        orders, answers = self._process.stdin, self._process.stdout
        assert orders
        assert answers
        try:
            orders.write(order + b"\n")
            orders.flush()
            head = answers.read(reading_worker.HEAD.size)
            if len(head) < reading_worker.HEAD.size:
                return None
            (size,) = reading_worker.HEAD.unpack(head)
            body = answers.read(size) if size <= _MOST_ANSWER else b""
        except OSError:
            return None
        return body if len(body) == size else None

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def close(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):  # what was not yet written is of no use to a dead worker
                    pipe.close()


class Spawned:
    """The worker of a frozen program, which has no Python to start and perhaps no standard streams."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=reading_worker.serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, order: bytes) -> bytes | None:
        """The answer to an order; None when the process died over it."""
        try:
            self._pipe.send_bytes(order)
            return self._pipe.recv_bytes(_MOST_ANSWER)
        except (OSError, EOFError):
            return None

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def close(self) -> None:
        """End the process and close its pipe."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._process.close()
