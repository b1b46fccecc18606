"""Word documents locked with a password, made here and opened through the real command."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from extractor.errors import EncryptedFile
from extractor.ingest import read_source

msoffcrypto = pytest.importorskip("msoffcrypto")
PLAN = Path(__file__).parents[2] / "samples" / "librarians-2019" / "plan.docx"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made, target = io.BytesIO(), tmp_path_factory.mktemp("locked") / "план под замком.docx"
    with PLAN.open("rb") as plain:
        msoffcrypto.OfficeFile(plain).encrypt("тайна-1", made)
    target.write_bytes(made.getvalue())
    return target


def test_the_password_opens_the_document(locked: Path) -> None:
    opened, plain = read_source(locked, password="тайна-1"), read_source(PLAN)
    assert [block.text for block in opened.blocks] == [block.text for block in plain.blocks]


@pytest.mark.parametrize(("password", "said"), [(None, "--password"), ("другое", "не подходит")])
def test_without_it_one_sentence_says_what_to_do(locked: Path, password: str | None, said: str) -> None:
    with pytest.raises(EncryptedFile, match=said) as caught:
        read_source(locked, password=password)
    assert password is None or password not in str(caught.value)


def test_a_document_without_a_lock_does_not_mind(locked: Path) -> None:
    assert read_source(PLAN, password="тайна-1").blocks == read_source(PLAN).blocks


def test_the_command_opens_it_and_keeps_the_password_to_itself(
    locked: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    from extractor.cli import main

    target = tmp_path / "plan.json"
    assert main([str(locked), "--password", "тайна-1", "-o", str(target)]) == 0
    assert len(json.loads(target.read_bytes())["meetings"]) == 4
    assert "тайна-1" not in target.read_text("utf-8") + capsysbinary.readouterr().err.decode()
