"""The commands and their arguments (package.md §2): stable, changed only by adding."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from competition_app import __version__
from competition_app.domain.errors import Said
from competition_app.i18n import LANGUAGES, in_use, tr, use

PROGRAM = "competition-app"


class Parser(argparse.ArgumentParser):
    """A parser that ends wrong usage with status 2 and a sentence that names the way to help."""

    def error(self, message: str) -> NoReturn:
        """Say what is not understood; nothing goes to standard output."""
        self.print_usage(sys.stderr)
        usage = f"{self.prog} --help"
        self.exit(
            2,
            tr("Not understood: {what}. {usage} lists what can be given.", what=message, usage=usage) + "\n",
        )


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as values: always ``command`` (None: the window), ``store``, ``lang`` and ``json``."""
    use(language_of(arguments))
    given = _everything().parse_args(list(arguments))
    for name, usual in (("store", None), ("acting", None), ("lang", "zh"), ("json", False)):
        if not hasattr(given, name):
            setattr(given, name, usual)
    return given


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for, found before the arguments are read, so that help speaks it."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and arguments[place + 1 : place + 2]:
            return arguments[place + 1] if arguments[place + 1] in LANGUAGES else "zh"
        if argument.startswith("--lang=") and argument[7:] in LANGUAGES:
            return argument[7:]
    return "zh"


def options() -> list[tuple[str, str]]:
    """Every command with each of its own options, for the pages that must name them."""
    found = []
    for name, (_, arguments) in COMMANDS.items():
        alone = argparse.ArgumentParser(add_help=False)
        arguments(alone)
        usage = alone.format_usage().split()
        found += [(name, word.strip("[]|")) for word in usage if word.strip("[]|").startswith("--")]
    return found


def _everywhere() -> Parser:
    """What may stand before and after every command."""
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--store", type=Path, metavar="PATH", help=tr("the store (default: the user's own)"))
    who = tr("who acts, once the store has people; the passphrase is asked for")
    shared.add_argument("--as", dest="acting", metavar="NAME", help=who)
    shared.add_argument("--lang", choices=LANGUAGES, help=tr("the language to speak (default: zh)"))
    shared.add_argument("--json", action="store_true", help=tr("print one JSON document and nothing else"))
    return shared


def _everything() -> Parser:
    shared = _everywhere()
    parser = Parser(
        prog=PROGRAM,
        parents=[shared],
        allow_abbrev=False,
        description=tr("Runs labour and skill competitions. Without a command the window opens."),
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"), parser_class=Parser)
    for name, (does, arguments) in COMMANDS.items():
        said = in_use().say(does)
        arguments(
            commands.add_parser(name, help=said, description=said, parents=[shared], allow_abbrev=False)
        )
    return parser


def _demo(parser: argparse.ArgumentParser) -> None:
    usual = Path("demo-results")
    folder = tr("the folder for what it makes (default: {folder})", folder=usual)
    parser.add_argument("--out", type=Path, default=usual, metavar="DIR", help=folder)
    parser.add_argument("--window", action="store_true", help=tr("open the program on it afterwards"))


def _import_package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("the package, .json or .zip"))


def _export_package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("competition", metavar="COMPETITION", help=tr("the competition's code"))
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("the package, .json or .zip"))


def _competition(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument("--competition", metavar="C", required=required, help=tr("the competition's code"))


def _registrations(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help=tr("a registration workbook"))
    _competition(parser, required=True)
    parser.add_argument("--event", metavar="E", help=tr("the event of rows that name none"))
    report = tr("the workbook given back with its bad cells marked; a folder for several")
    parser.add_argument("--report", type=Path, metavar="OUT", help=report)
    parser.add_argument("--dry-run", action="store_true", help=tr("read and check only, write nothing"))
    parser.add_argument(
        "--all-or-nothing", action="store_true", help=tr("one bad row holds back its whole file")
    )


def _scores(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("the workbook of scores"))
    parser.add_argument("--event", metavar="E", required=True, help=tr("the event's code"))
    parser.add_argument("--module", metavar="M", required=True, help=tr("the module's code"))
    parser.add_argument(
        "--stage", metavar="S", help=tr("the stage's code, where the module stands in several")
    )
    _competition(parser)


def _rank(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="PACKAGE.json", help=tr("the package, .json or .zip"))
    parser.add_argument("--event", metavar="E", help=tr("only this event"))


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    _competition(parser)
    parser.add_argument("--pdf", type=Path, metavar="OUT", help=tr("write the rules for signature"))


def _standings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    _competition(parser)
    into = parser.add_mutually_exclusive_group()
    into.add_argument("--xlsx", type=Path, metavar="OUT", help=tr("write the result book"))
    into.add_argument("--pdf", type=Path, metavar="OUT", help=tr("write the standings for printing"))


def _why(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    parser.add_argument("number", metavar="NUMBER", help=tr("the entry's number"))
    _competition(parser)
    parser.add_argument("--stage", metavar="S", help=tr("the stage's code; otherwise the last one"))
    parser.add_argument("--pdf", type=Path, metavar="OUT", help=tr("write the page for the contestant"))
    parser.add_argument("--sheets", action="store_true", help=tr("with every judge's marks"))
    rival = tr("hold it against this entry, rung by rung")
    parser.add_argument("--against", metavar="NUMBER", help=rival)
    until = tr("when objections end, as it shall stand on the page: 2025-09-02T17:40")
    parser.add_argument("--object-until", type=datetime.fromisoformat, metavar="TIME", help=until)


def _lock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    _competition(parser)
    look = tr("only say what stands in the way")
    parser.add_argument("--check", action="store_true", help=look)


def _reopen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    _competition(parser)
    why = tr("why the result is opened again; it stands in the history")
    parser.add_argument("--reason", metavar="TEXT", required=True, help=why)


def _score_sheets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    _competition(parser)
    module = tr("the module's code, where several are marked on sheets")
    parser.add_argument("--module", metavar="M", help=module)
    parser.add_argument(
        "--stage", metavar="S", help=tr("the stage's code, where the module stands in several")
    )
    only = tr("only this judge's sheets; may be given several times")
    parser.add_argument("--judge", metavar="J", action="append", default=[], help=only)
    spare = tr("how many spare sheets follow, each with a number of its own")
    parser.add_argument("--spare", type=int, default=0, metavar="N", help=spare)
    parser.add_argument("--out", type=Path, metavar="FILE", required=True, help=tr("the PDF to write"))


def _certificates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="EVENT", help=tr("the event's code"))
    _competition(parser)
    target = tr("a folder for a file each, or one .pdf for all")
    parser.add_argument("--out", type=Path, metavar="DIR-or-FILE.pdf", required=True, help=target)


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="FILE-or-CODE", help=tr("a certificate's PDF or its number"))


def _forget(parser: argparse.ArgumentParser) -> None:
    who = tr("the person's ID number, or the code in a package")
    parser.add_argument("person", metavar="PERSON", help=who)
    why = tr("why the person is erased; it stays in the history, so it names nobody")
    parser.add_argument("--reason", metavar="TEXT", default="", help=why)
    parser.add_argument("--check", action="store_true", help=tr("only say what would go"))


def _copy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help=tr("the copy"))


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """A command without arguments of its own."""


COMMANDS: dict[str, tuple[Said, Callable[[argparse.ArgumentParser], None]]] = {
    "demo": (Said("run a whole sample competition and leave its results"), _demo),
    "import-package": (Said("take a competition package into the store"), _import_package),
    "export-package": (Said("write a competition of the store as a package"), _export_package),
    "import-registrations": (Said("take enterprises' registration workbooks into the store"), _registrations),
    "import-scores": (Said("take a workbook of scores (theory and the like) into the store"), _scores),
    "rank": (Said("rank a package without any store"), _rank),
    "plan": (Said("say an event's rules in plain words, or write them for signature"), _plan),
    "standings": (Said("show an event's standings from the store, or write them to a file"), _standings),
    "score-sheets": (Said("write blank score sheets for judges who mark on paper"), _score_sheets),
    "why": (Said("say why an entry stands where it stands, or write the page for the contestant"), _why),
    "lock": (Said("lock an event's result, or say what stands in the way"), _lock),
    "reopen": (Said("open a locked result again, for a reason"), _reopen),
    "certificates": (Said("make an event's certificates"), _certificates),
    "verify": (Said("check a certificate by its file or its number"), _verify),
    "forget": (Said("erase a person who asks for it, for good"), _forget),
    "backup": (Said("write a checked copy of the store"), _copy),
    "restore": (Said("put a copy back; without a file, list the copies"), _copy),
    "check": (Said("examine the store and its history"), _nothing),
}
