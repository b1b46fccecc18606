"""Each target of the fuzzer runs a little, from real files. FUZZ_SECONDS=60 runs each so long (`make fuzz`)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz.targets import TARGETS

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason='atheris is not here: pip install "plan-extractor[fuzz]" (Linux), then make fuzz',
)
SECONDS = os.environ.get("FUZZ_SECONDS")
DATA = ROOT / "tests/ingest/data"
SEEDS = {
    "docx": [ROOT / "samples/librarians-2019/plan.docx", ROOT / "samples/mathematics-2022/plan.docx"],
    "odt": [DATA / "mathematics-2022.odt"],
    "html": [DATA / "mathematics-2022.html"],
    "mht": [DATA / "mathematics-2022.mht"],
    "pdf": [DATA / "unruled-2022.pdf", DATA / "history-2022.pdf"],
    "word-xml": [DATA / "mathematics-2022.xml"],
}


@pytest.mark.parametrize("target", TARGETS)
def test_no_bytes_break_a_reader(target: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for seed in SEEDS.get(target, ()):
        shutil.copy(seed, corpus)
    (corpus / "plan.txt").write_text(
        "План работы РМО\n1. Заседание. Октябрь\n№\tДело\tСроки\n1\tСеминар\tмай\n", "utf-8"
    )
    bound = f"-max_total_time={SECONDS}" if SECONDS else "-runs=150"
    command = [sys.executable, "-m", "tests.fuzz.targets", target, bound, "-timeout=25", "-rss_limit_mb=1500"]
    command += ["-max_len=200000", f"-artifact_prefix={tmp_path}/", "-seed=1", str(corpus)]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    }
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, timeout=int(SECONDS or 0) + 200
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-4000:]
