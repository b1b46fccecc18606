"""Many plans in one SQLite file, where everything can be found again.

    with open_archive(Path("plans.sqlite"), create=True) as archive:
        add_files(archive, entries)

What lies where: `schema` the tables, `store` the file and its transactions, `parcel` what a worker makes
of one document, `adding` a folder → archive, `versions` and `compare` which plan is a new version or a copy
of which, `lemmas` and `search` the full text, `registry` schools and people across plans, `refresh` reading
again, `report` the archive → workbook, `checking` and `datasette` what their names say.

Rules: SQL takes values as parameters only; one document is one transaction, so that a run killed at any
moment leaves every finished document; ids are made from content, never from the order of arrival;
records and lines are what is kept, the tables with Russian names are made of them and can be made again.
"""

from __future__ import annotations

from extractor.archive.adding import add_files
from extractor.archive.store import Archive, open_archive

__all__ = ["Archive", "add_files", "open_archive"]
