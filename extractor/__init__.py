"""Reads plans of Russian methodological associations into complete, grounded records.

    from extractor import read_plan, write_plan
    plan = read_plan("plan.docx")
    write_plan(plan, "plan.json")

Names are imported when first used, so that `import extractor` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.errors import ExtractorError
    from extractor.model.plan import Plan, Plans
    from extractor.output import write_plan

__all__ = ["ExtractorError", "Plan", "Plans", "__version__", "read_plan", "write_plan"]

_HOMES = {
    "ExtractorError": "extractor.errors",
    "Plan": "extractor.model.plan",
    "Plans": "extractor.model.plan",
    "write_plan": "extractor.output",
}


def read_plan(
    path: str | Path, *, encoding: str | None = None, password: str | None = None, verify: bool = False
) -> Plan | Plans:
    """The record of the document at `path`; `Plans` where the document holds several plans.

    `encoding` overrides the detection for text files, `password` opens a locked PDF or Word document and is kept nowhere,
    `verify` compares with a second reading by another library. Raises `ExtractorError`, whose text is one
    Russian sentence that says what to do.
    """
    from pathlib import Path

    from extractor.pipeline import extract_file

    return extract_file(Path(path), encoding=encoding, password=password, verify=verify)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
