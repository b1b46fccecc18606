"""README is true: its commands run, its exit codes are those of the code, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import cli, errors
from extractor.output import WRITERS
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [block.splitlines() for language, block in BLOCKS if language == "sh"]
PROGRAMS = [block for language, block in BLOCKS if language == "python"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a new user has it: the samples, and nothing of the tests."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    return tmp_path


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("lines", COMMANDS, ids=lambda lines: lines[0])
def test_commands_run(lines: list[str], folder: Path) -> None:
    for line in lines:
        program, *arguments = shlex.split(line, comments=True)
        assert program == "extract", line
        done = run(["-m", "extractor", *arguments], folder)
        assert done.returncode == 0, f"{line}: {done.stderr.decode()}"
        if "-o" in arguments:
            assert (folder / arguments[arguments.index("-o") + 1]).stat().st_size
        else:
            assert done.stdout


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_run(program: str, folder: Path) -> None:
    done = run(["-c", program], folder)
    assert done.returncode == 0, done.stderr.decode()


def test_there_is_something_to_run() -> None:
    assert len(COMMANDS) >= 3
    assert PROGRAMS


def test_demo_and_test_come_first() -> None:
    language, block = BLOCKS[0]
    assert (language, [line.split("#")[0].strip() for line in block.splitlines()]) == (
        "console",
        ["make demo", "make test"],
    )


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`?make (\w+)", README))))
def test_make_targets_exist(target: str) -> None:
    if target in ("and", "s"):
        return
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_exit_codes_are_those_of_the_code() -> None:
    section = README.partition("## Exit codes")[2].partition("\n## ")[0]
    told = [int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)]
    family = [errors.ExtractorError, *errors.ExtractorError.__subclasses__()]
    codes = {0, cli.INTERNAL_ERROR, cli.INTERRUPTED, *(each.exit_code for each in family)}
    assert told == sorted(codes)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_every_form_of_output_is_named(suffix: str) -> None:
    assert f"`{suffix}`:" in README


LINKS = re.findall(r"\]\(([^)#]+)\)", README) + re.findall(r"`((?:extractor|tests|schemas)/[\w./]+)`", README)


@pytest.mark.parametrize("link", sorted(set(LINKS)))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


def test_what_help_offers_is_told() -> None:
    for word in (
        "--csv-dialect",
        "--encoding",
        "--explain",
        "--password",
        "--verify",
        "--debug",
        "--version",
        "extract show",
        "extract schema",
    ):
        assert word in README
