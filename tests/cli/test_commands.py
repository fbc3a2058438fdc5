"""The commands as a user runs them."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner

from dedup.cli import front, main
from dedup.cli.events import watching
from dedup.cli.interrupts import heard
from dedup.config import Config

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "The regional court heard on Monday how the old bridge over the northern river came to fall, "
    "and three engineers told the judges that nobody had looked at its cables for eleven years."
)
OWN = "A baker in another valley has won a prize for bread made from chestnut flour and honey."


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def dedup(*arguments: str, cwd: Path, **environment: str) -> Done:
    """Run a command as ``main`` does, in this process."""
    runner = CliRunner(env={"DEDUP_WORKERS": "1", **environment})
    with contextlib.chdir(cwd):
        done = runner.invoke(front, arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(autouse=True)
def _importable(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes of their own find the package, installed or not."""
    monkeypatch.setenv("PYTHONPATH", str(root))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(f"{WORDS}\n\nThe hearing goes on.")
    (news / "b.txt").write_text(f"{WORDS}\n\n{OWN}")
    return tmp_path


def test_a_scan_writes_the_report_and_says_what_it_found(folder: Path) -> None:
    done = dedup("scan", "news/", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) > 2
    written = {path.name for path in (folder / "reports").iterdir()}
    assert {"articles.csv", "matches.csv", "report.json", "report.html"} <= written
    with (folder / "reports" / "matches.csv").open(newline="") as file:
        assert [row["other_id"] for row in csv.DictReader(file)] == ["b.txt"]


def test_quiet_says_nothing_and_formats_are_kept_to(folder: Path) -> None:
    done = dedup("scan", "news", "--quiet", "--format=json", "--out=there", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in (folder / "there").iterdir()] == ["report.json"]


def test_no_text_leaves_the_words_out_of_everything(folder: Path) -> None:
    assert dedup("scan", "news", "--no-text", cwd=folder).returncode == 0
    for path in (folder / "reports").iterdir():
        assert "northern river" not in path.read_text("utf-8"), path.name


def test_articles_come_from_standard_input(folder: Path) -> None:
    command = [sys.executable, "-m", "dedup", "scan", "-", "--out=there", "--workers=1"]
    with (folder / "news" / "a.txt").open("rb") as file:
        done = subprocess.run(command, cwd=folder, stdin=file, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    with (folder / "there" / "articles.csv").open(newline="") as file:
        assert [row["article_id"] for row in csv.DictReader(file)] == ["'-"]


@pytest.mark.parametrize(
    ("expression", "code"), [("words>0", 1), ("words>100000", 0), ("verdict==copy and words<1", 0)]
)
def test_fail_on(folder: Path, expression: str, code: int) -> None:
    done = dedup("scan", "news", "--fail-on", expression, cwd=folder)
    assert done.returncode == code
    assert (folder / "reports" / "report.html").is_file()


def test_strict_minds_what_was_skipped(folder: Path) -> None:
    (folder / "news" / "empty.txt").write_text("")
    assert dedup("scan", "news", cwd=folder).returncode == 0
    done = dedup("scan", "news", "--strict", cwd=folder)
    assert done.returncode == 3
    assert "empty.txt" in done.stdout
    assert dedup("scan", "news", "--strict", "--fail-on=words>0", cwd=folder).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scan"], "Missing argument"),
        (["scan", "nowhere"], "nowhere"),
        (["scan", "news", "--engine=spark"], "the Spark engine is not there yet"),
        (["scan", "news", "--fail-on=shared>1"], "no column 'shared'"),
        (["scan", "news", "--config=none.toml"], "none.toml"),
        (["scan", "news", "--agencies=none.toml"], "none.toml"),
        (["scan", "news", "--colour"], "No such option"),
        (["compare", "news/a.txt"], "Missing argument"),
        (["agencies", "--agencies=none.toml"], "none.toml"),
        (["evaluate", "news"], "truth.jsonl"),
        (["evaluate", "nowhere"], "nowhere"),
    ],
)
def test_wrong_usage_is_one_sentence(folder: Path, arguments: list[str], said: str) -> None:
    done = dedup(*arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_the_log_is_json_lines(folder: Path) -> None:
    (folder / "news" / "empty.txt").write_text("")
    done = dedup("scan", "news", "--log-format=json", cwd=folder)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    names = [event["event"] for event in events]
    assert names[0] == "scan started"
    assert names[-1] == "report written"
    skipped = [event for event in events if event["event"] == "input skipped"]
    assert [event["path"] for event in skipped] == ["empty.txt"]
    assert skipped[0]["reason"]


def test_compare_shows_both_sides(folder: Path) -> None:
    done = dedup("compare", "news/a.txt", "news/b.txt", cwd=folder, COLUMNS="100")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^A  a\.txt: ", done.stdout, re.MULTILINE)
    assert re.search(r"^B  b\.txt: ", done.stdout, re.MULTILINE)
    assert "Passage 1 of 1: verbatim" in done.stdout
    assert "\x1b" not in done.stdout
    assert "[1m" not in done.stdout
    assert "Shared, but not reuse" not in done.stdout
    assert all(len(line) <= 100 for line in done.stdout.splitlines() if "│" in line)


def test_compare_explains(folder: Path) -> None:
    done = dedup("compare", "news/a.txt", "news/b.txt", "--explain", cwd=folder)
    assert "Shared, but not reuse" in done.stdout


def test_compare_writes_a_page(folder: Path) -> None:
    done = dedup("compare", "news/a.txt", "news/b.txt", "--out=both.html", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "northern river" in (folder / "both.html").read_text("utf-8")


def test_compare_needs_two_texts(folder: Path) -> None:
    (folder / "news" / "empty.txt").write_text("")
    done = dedup("compare", "news/a.txt", "news/empty.txt", cwd=folder)
    assert done.returncode == 2
    assert "compare needs two texts" in done.stderr
    assert "empty.txt" in done.stderr


def test_agencies_are_listed(folder: Path) -> None:
    every = dedup("agencies", cwd=folder).stdout.splitlines()
    assert every[0].split() == ["id", "name", "type", "languages", "domains", "other", "names"]
    assert len(every) > 100
    some = dedup("agencies", "reuters", cwd=folder).stdout.splitlines()
    assert some[1].startswith("reuters ")
    assert len(some) < len(every)


def test_nothing_like_an_agency(folder: Path) -> None:
    done = dedup("agencies", "qqqqqqqqqq", cwd=folder)
    assert done.returncode == 2
    assert "the catalogue has nothing called 'qqqqqqqqqq'" in done.stderr


def test_evaluate_scores_a_report(folder: Path) -> None:
    dedup("scan", "news", cwd=folder)
    (folder / "labels.csv").write_text("article_id,other_id\na.txt,b.txt\n")
    done = dedup("evaluate", "labels.csv", "reports", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("matches  precision  1.000")


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    command = f"{sys.executable} -m dedup agencies | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode in {0, 141}


def test_a_closed_pipe_has_its_own_exit_code(folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    for arguments in (["agencies"], ["--help"]):
        command = [sys.executable, "-m", "dedup", *arguments]
        done = subprocess.run(
            command, cwd=folder, stdout=write, stderr=subprocess.PIPE, check=False
        )
        assert (done.returncode, done.stderr) == (141, b"")
    os.close(write)


def _interrupted(folder: Path, seconds: float) -> tuple[int, str, str]:
    """Interrupt a scan that waits for the end of its input, some time after it has begun."""
    rows = [{"id": f"{n}", "text": f"{WORDS} {n} {OWN} {n * 7}"} for n in range(300)]
    command = [sys.executable, "-m", "dedup", "scan", "-", "--log-format=json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as running:
        assert running.stdin
        assert running.stderr
        running.stdin.write("\n".join(map(json.dumps, rows)))
        running.stdin.flush()
        assert "scan started" in running.stderr.readline()
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        out, error = running.stdout.read() if running.stdout else "", running.stderr.read()
    return running.returncode, out, error


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 1.5])
def test_an_interrupted_scan_leaves_no_half_report(folder: Path, seconds: float) -> None:
    code, out, error = _interrupted(folder, seconds)
    assert (code, out) == (130, "")
    assert "Traceback" not in error
    assert error.rstrip().endswith("Interrupted.")
    assert not list(folder.glob("reports/*"))


@pytest.mark.parametrize("swallowed", [ImportError, None])
def test_an_interrupt_is_kept_where_a_library_swallows_it(
    swallowed: type[Exception] | None,
) -> None:
    def library() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            if swallowed:
                raise swallowed from None

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), heard():
        library()
    assert signal.getsignal(signal.SIGINT) is before
    with heard():
        pass


def test_what_hangs_after_an_interrupt_is_ended() -> None:
    program = (
        "import signal, time\n"
        "from dedup.cli import interrupts\n"
        "interrupts.GRACE = 0.1\n"
        "with interrupts.heard():\n"
        "    try:\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "    except KeyboardInterrupt:\n"
        "        time.sleep(60)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=30)
    assert done.returncode == 130


def test_a_stage_does_not_begin_after_a_swallowed_interrupt() -> None:
    reached: list[str] = []

    def stages() -> None:
        with heard(), watching(Config(quiet=True)) as progress:
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            reached.append("reading")
            progress("comparing", 0, 1)
            reached.append("comparing")

    with pytest.raises(KeyboardInterrupt):
        stages()
    assert reached == ["reading"]


def test_a_terminal_gets_no_escape_codes_of_an_article(folder: Path) -> None:
    (folder / "news" / "a.txt").write_text(f"{WORDS}\x1b]0;owned\x07\n\nThe hearing goes on.")
    command = [sys.executable, "-m", "dedup", "compare", "news/a.txt", "news/b.txt"]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=folder, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    assert running.returncode == 0
    assert b"Passage 1 of 1" in shown
    assert b"\x1b]" not in shown
    assert b"\x07" not in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end was closed
        return b""


def test_the_version_is_said(folder: Path) -> None:
    assert dedup("--version", cwd=folder).stdout.startswith("dedup, version ")


@pytest.mark.parametrize(
    ("arguments", "code"), [(["agencies", "reuters"], 0), (["scan"], 2), (["scan", "nowhere"], 2)]
)
def test_the_process_leaves_with_the_code_of_its_command(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["dedup", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == code


def test_an_interrupt_has_its_own_exit_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "_exit", sys.exit)
    monkeypatch.setattr("dedup.detector.scan", interrupted)
    monkeypatch.setattr(sys, "argv", ["dedup", "scan", str(folder / "news")])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130
    assert capsys.readouterr().err.strip() == "Interrupted."
