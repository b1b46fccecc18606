"""A file is written whole or not at all, and what stands in the way is said in Russian."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from extractor.errors import OutputProblem, UsageProblem
from extractor.output.atomic import check_target, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_writes_a_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "план с пробелом.json", b"{}\n")
    assert (tmp_path / "план с пробелом.json").read_bytes() == b"{}\n"
    assert names(tmp_path) == ["план с пробелом.json"]


def test_replaces_an_old_file(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_bytes(b"old, and longer than the new one")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def failing(error: OSError):  # type: ignore[no-untyped-def]
    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise error

    return fail


CASES = [
    (PermissionError(errno.EACCES, "no"), "открыт в другой программе"),
    (OSError(errno.ENOSPC, "full"), "не хватило места"),
    (OSError(errno.EIO, "broken"), "не записался"),
]


@pytest.mark.parametrize(("error", "words"), CASES)
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str, step: str
) -> None:
    target = tmp_path / "plan.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(step, failing(error))
    with pytest.raises(OutputProblem, match=words):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["plan.json"]


def test_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(descriptor: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "plan.json", b"new")
    assert names(tmp_path) == []


def test_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(OutputProblem, match=r"Папки «.*нет» нет: создайте"):
        check_target(tmp_path / "нет" / "plan.json")


def test_target_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="папка"):
        check_target(tmp_path)


def test_name_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(OutputProblem):
        write_atomically(tmp_path / ("п" * 300 + ".json"), b"new")
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(b"old")
    (tmp_path / "link.json").symlink_to("real.json")
    write_atomically(tmp_path / "link.json", b"new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_rights_of_the_old_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640
