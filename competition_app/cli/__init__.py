"""The program without its window: read a command, carry it out, answer a person or a program."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from competition_app.cli.answer import Answer
from competition_app.cli.commands import carry_out
from competition_app.cli.parser import read
from competition_app.domain.errors import Refusal
from competition_app.i18n import in_use, tr

DONE, REFUSED, STOPPED = 0, 1, 130


OpenWindow = Callable[[Path | None, str], int]
TakePictures = Callable[[Path, Path, str], bool]


def main(arguments: Sequence[str], *, open_window: OpenWindow, take_pictures: TakePictures) -> int:
    """Carry out what the arguments ask; 0 done, 1 refused, 2 wrong usage (package.md §2)."""
    _speak_utf8()
    try:
        given = read(arguments)
        if given.command is None:
            return open_window(given.store, given.lang)
        given.take_pictures = take_pictures
        status = _give(carry_out(given), as_json=given.json)
        if given.command == "demo" and given.window:
            return open_window(given.store, given.lang)
        return status
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    except Refusal as refusal:
        return _refuse(in_use().say(refusal), as_json="--json" in arguments)
    except BrokenPipeError:
        _let_the_reader_go()
        return DONE
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last door: a person gets a sentence, the log gets the trace
        return _refuse(_unforeseen(error), as_json="--json" in arguments)


def _give(answer: Answer, *, as_json: bool) -> int:
    """Print the answer; a refusal inside it goes to standard error and makes the status 1."""
    _print(_json(answer.document) if as_json else "\n".join(answer.lines))
    if answer.refused is None:
        return DONE
    _complain(in_use().say(answer.refused))
    return REFUSED


def _refuse(sentence: str, *, as_json: bool) -> int:
    if as_json:
        try:
            _print(_json({"refused": sentence}))
        except BrokenPipeError:
            _let_the_reader_go()
        except Refusal:  # standard output takes nothing; the sentence is still told on standard error
            pass
    _complain(sentence)
    return REFUSED


def _print(text: str) -> None:
    """Print on standard output, all of it. Raises Refusal where that leads to a full disk, say."""
    try:
        print(text, end="\n" if text else "", flush=True)
    except BrokenPipeError:
        raise
    except OSError:
        _let_the_reader_go()
        raise Refusal(
            "What was asked is done, but the answer could not be written. Make room, then ask again."
        ) from None


def _complain(sentence: str) -> None:
    with suppress(OSError):  # there is no other place to say it
        print(sentence, file=sys.stderr, flush=True)


def _unforeseen(error: Exception) -> str:
    """Put an error that nobody foresaw into the log, and say where it lies."""
    import logging

    from competition_app import logs

    logs.set_up()
    logging.getLogger(__name__).error("A command failed.", exc_info=error)
    kind = type(error).__name__
    return tr("The program made an error ({kind}). See the log: {file}", kind=kind, file=logs.log_file())


def _json(document: object) -> str:
    """One document: indented for a person at a terminal, in one line for a program."""
    return json.dumps(document, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the system's own encoding is; odd bytes of file names pass as they are.

    A stream that whoever started us has closed leads nowhere.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def _let_the_reader_go() -> None:
    """The reader of our output has left (``| head``): say nothing, also not when Python closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
