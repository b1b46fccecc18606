"""The archive on the command line: arguments → `extractor.archive` → Russian lines.

filling     archive, refresh: documents are read and stored
deciding    registry: which names mean one school or one person
reading     search, report, datasette: what is made of an archive
parameters  what several of these commands may be asked
"""

from __future__ import annotations

import click

from extractor.cli_archive import deciding, filling, reading


def commands(debug: click.Parameter, encoding: click.Parameter) -> list[click.Command]:
    """The subcommands of the archive; `debug` and `encoding` are the parameters that all commands share."""
    return [*filling.commands(debug, encoding), *deciding.commands(debug), *reading.commands(debug)]
