"""What README.md and ARCHITECTURE.md show of the program, made by it (``cog`` calls this)."""

from __future__ import annotations

import ast
import code
import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
import textwrap
from dataclasses import fields
from pathlib import Path

from dedup import Config, read_report
from dedup.cli.options import default_text, option_of
from dedup.config import declared

ROOT = Path(__file__).parents[1]
ROW_COLUMNS = ("article_id", "verdict", "copied_share", "agencies", "relation", "derived_from")
WIDTH = 100
COLUMN = 17  #: where the text of the tree begins


def run(*arguments: str) -> str:
    """Give what a command prints, as if it wrote its report to ``reports/``."""
    with tempfile.TemporaryDirectory() as folder:
        return _run(*arguments, *_out(arguments, folder)).replace(folder, "reports")


def rows(count: int) -> str:
    """Give some rows of articles.csv of ``seeds/``, as a table."""
    with tempfile.TemporaryDirectory() as folder:
        _run("scan", "seeds/", "--quiet", "--out", folder)
        frame = read_report(folder).articles
    lines = [" | ".join(ROW_COLUMNS), " | ".join("---" for _ in ROW_COLUMNS)]
    lines += [
        " | ".join(str(cell) for cell in row)
        for row in frame[list(ROW_COLUMNS)].head(count).itertuples(index=False)
    ]
    return "\n".join(f"| {line} |" for line in lines)


def settings() -> str:
    """Give the table of settings."""
    lines = ["| option | in `dedup.toml` | default | |", "|---|---|---|---|"]
    for f in fields(Config):
        option = f"`{option_of(f)}`" if option_of(f) else "–"
        name = f"`[{f.name}]`" if declared(f).option == "-" else f"`{declared(f).option or f.name}`"
        lines.append(f"| {option} | {name} | {default_text(f)} | {declared(f).about} |")
    return "\n".join(lines)


def session(*statements: str) -> str:
    """Give what Python answers to these statements, typed where ``seeds/`` lies."""
    lines = []
    interpreter = code.InteractiveInterpreter()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(ROOT / "seeds", "seeds")
        for statement in statements:
            answer = io.StringIO()
            with contextlib.redirect_stdout(answer):
                interpreter.runsource(statement)
            lines += [f">>> {statement}", *answer.getvalue().rstrip().splitlines()]
    return "\n".join(line.rstrip() for line in lines)


def tree() -> str:
    """Draw the package: a line for what a place is for, then the modules of a room."""
    lines = ["dedup/"]
    places = sorted((ROOT / "dedup").iterdir(), key=lambda path: (path.is_dir(), path.name))
    for place in places:
        if place.suffix == ".py":
            lines.append(_line(place.name, _purpose(place)))
        elif (place / "__init__.py").is_file():
            lines.append(_line(f"{place.name}/", _purpose(place / "__init__.py")))
            names = sorted(path.stem for path in place.glob("*.py") if path.stem != "__init__")
            lines += textwrap.wrap(
                " · ".join(names),
                WIDTH,
                initial_indent=" " * COLUMN,
                subsequent_indent=" " * COLUMN,
                break_on_hyphens=False,
            )
    return "\n".join(lines)


def _line(name: str, purpose: str) -> str:
    return f"  {name:<{COLUMN - 2}}{purpose}"


def _purpose(module: Path) -> str:
    """Give the first line of a module's docstring."""
    words = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    return words.split("\n", 1)[0].rstrip(".")


def _out(arguments: tuple[str, ...], folder: str) -> list[str]:
    return ["--out", folder] if arguments[0] == "scan" else []


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "dedup", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - this program
    return done.stdout.rstrip()
