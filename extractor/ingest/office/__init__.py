"""LibreOffice as a converter: headless, without macros, links or network, in a profile made for the run.

What is read is a copy under a neutral name. The run has a limit of time, and all of its processes
and files are gone when it ends. One start costs about a second, whatever the number of files: many files
go in one call.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from extractor.errors import DamagedFile, ExtractorError, TooLarge, UnknownFormat
from extractor.ingest.limits import LIMITS, Limits
from extractor.ingest.office.copies import prepare_copy
from extractor.ingest.office.process import run_limited
from extractor.ingest.sniff import identify, load, show_name

SECONDS = 20.0  # for a call …
SECONDS_MORE = 3.0  # … and for each further file in it
_MEMORY = 1_000_000_000  # private memory of LibreOffice; it reads plans with a fifth of this
_SUFFIXES = {"doc": "doc", "rtf": "rtf", "odt": "odt", "html": "html", "docx": "docx", "fodt": "fodt"}
_FILTERS = {"docx": "docx:MS Word 2007 XML"}
_PLACES = (  # where it lies when it is not on the PATH
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/usr/local/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS_PLACES = ("LibreOffice*/program/soffice.com", "LibreOffice*/program/soffice.exe")
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_SETTINGS = (  # node, property, value
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Common/Misc", "CrashReport", "false"),
    ("Common/Misc", "FirstRun", "false"),
    ("Common/Misc", "UseSystemFileDialog", "false"),
    ("Common/History", "PickListSize", "0"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
    ("Java/VirtualMachine", "Enable", "false"),
    ("Recovery/AutoSave", "Enabled", "false"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
    ("Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments", "AutoCheckEnabled", "false"),
)
_NETWORK = (  # every address goes to a proxy that is not there
    ("ooInetProxyType", "2"),
    ("ooInetHTTPProxyName", "127.0.0.1"),
    ("ooInetHTTPProxyPort", "9"),
    ("ooInetHTTPSProxyName", "127.0.0.1"),
    ("ooInetHTTPSProxyPort", "9"),
    ("ooInetFTPProxyName", "127.0.0.1"),
    ("ooInetFTPProxyPort", "9"),
    ("ooInetNoProxy", ""),
)


def find_soffice() -> Path | None:
    """The program, or None where LibreOffice is not installed."""
    for name in ("soffice", "libreoffice", "soffice.com"):
        found = shutil.which(name)
        if found:
            return Path(found)
    if os.name == "nt":
        folders = [Path(os.environ[name]) for name in _WINDOWS_FOLDERS if os.environ.get(name)]
        tries = [(folder, place) for folder in folders for place in _WINDOWS_PLACES]
    else:
        tries = [(Path("/"), place.lstrip("/")) for place in _PLACES]
    return next((path for folder, place in tries for path in sorted(folder.glob(place), reverse=True)), None)


def convert(
    paths: Sequence[Path],
    to: str = "docx",
    *,
    folder: Path,
    seconds: float | None = None,
    limits: Limits = LIMITS,
) -> dict[Path, Path | ExtractorError]:
    """For each file the converted one in `folder`, or the error that says why there is none.

    All files go through one start of LibreOffice; those that one bad file took down with it are tried again
    one by one.
    """
    results: dict[Path, Path | ExtractorError] = {}
    loaded: dict[Path, bytes] = {}
    for path in paths:
        try:
            loaded[path] = load(path, limits)
        except ExtractorError as error:
            results[path] = error
    soffice = find_soffice()
    if soffice is None:
        return results | {path: missing_office(path) for path in loaded}
    with _workshop() as workshop:
        copies = {
            path: _copy(path, data, workshop / "in" / f"{number:05d}")
            for number, (path, data) in enumerate(loaded.items(), 1)
        }
        results |= _convert_copies(soffice, copies, to, workshop=workshop, seconds=seconds, limits=limits)
        for path, result in results.items():
            if isinstance(result, Path):
                target = folder / result.name
                shutil.move(result, target)
                results[path] = target
    return results


def convert_one(path: Path, data: bytes, *, seconds: float = SECONDS, limits: Limits = LIMITS) -> bytes:
    """The bytes of a .docx file. Raises UnknownFormat without LibreOffice, DamagedFile, TooLarge."""
    soffice = find_soffice()
    if soffice is None:
        raise missing_office(path)
    with _workshop() as workshop:
        copies = {path: _copy(path, data, workshop / "in" / "00001")}
        results = _convert_copies(soffice, copies, "docx", workshop=workshop, seconds=seconds, limits=limits)
        result = results[path]
        if isinstance(result, ExtractorError):
            raise result
        return result.read_bytes()


def missing_office(path: Path) -> UnknownFormat:
    return UnknownFormat(
        f"Файл «{show_name(path)}» читается только через LibreOffice, а его на этом компьютере нет: "
        "установите LibreOffice (libreoffice.org) или откройте файл в Word и сохраните как .docx."
    )


@contextmanager
def _workshop() -> Iterator[Path]:
    """A folder for one run with a profile, which is gone afterwards, whatever happened."""
    with tempfile.TemporaryDirectory(prefix="plan-office-", ignore_cleanup_errors=True) as name:
        workshop = Path(name).resolve()
        for part in ("in", "out", "tmp", "profile/user"):
            (workshop / part).mkdir(parents=True)
        (workshop / "profile/user/registrymodifications.xcu").write_text(_write_settings(), "utf-8")
        yield workshop


def _write_settings() -> str:
    items = [(f"/org.openoffice.Office.{node}", name, value) for node, name, value in _SETTINGS]
    items += [("/org.openoffice.Inet/Settings", name, value) for name, value in _NETWORK]
    items += [("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "ru-RU")]
    lines = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{lines}</oor:items>\n"
    )


def _copy(path: Path, data: bytes, target: Path) -> Path:
    """The file under a neutral name with the suffix of its content, and without links to other files."""
    kind = identify(path, data)
    target = target.with_suffix("." + _SUFFIXES.get(kind, "xml"))
    target.write_bytes(prepare_copy(data, kind))
    return target


def _convert_copies(
    soffice: Path,
    copies: dict[Path, Path],
    to: str,
    *,
    workshop: Path,
    seconds: float | None,
    limits: Limits,
) -> dict[Path, Path | ExtractorError]:
    if seconds is None:
        seconds = SECONDS + SECONDS_MORE * (len(copies) - 1)
    results: dict[Path, Path | ExtractorError] = {}
    _run(soffice, list(copies.values()), to, workshop=workshop, seconds=seconds, limits=limits)
    for path, copy in copies.items():
        made = workshop / "out" / f"{copy.stem}.{to}"
        if not made.is_file() and len(copies) > 1:
            _run(soffice, [copy], to, workshop=workshop, seconds=min(seconds, SECONDS), limits=limits)
        results[path] = _check(path, made, limits)
    return results


def _run(
    soffice: Path, copies: Sequence[Path], to: str, *, workshop: Path, seconds: float, limits: Limits
) -> None:
    """One start of LibreOffice. What it made shows whether it went well: its exit code says nothing."""
    command = [str(soffice), f"-env:UserInstallation={(workshop / 'profile').as_uri()}"]
    command += ["--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command += ["--convert-to", _FILTERS.get(to, to), "--outdir", str(workshop / "out"), *map(str, copies)]
    temporary = str(workshop / "tmp")
    address = "http://127.0.0.1:9"
    changes = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), address)
    changes |= dict.fromkeys(("TMPDIR", "TMP", "TEMP"), temporary)
    changes |= {"no_proxy": "", "SAL_USE_VCLPLUGIN": "svp"}
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in changes and name.lower() not in changes
    }
    started = time.time()
    run_limited(
        command,
        environment=environment | changes,
        folder=workshop,
        seconds=seconds,
        file_bytes=4 * limits.file_bytes,
        memory_bytes=_MEMORY,
    )
    _sweep_pipes(started)


def _sweep_pipes(started: float) -> None:
    """The sockets are gone that a killed LibreOffice leaves in /tmp: new ones that nobody answers on."""
    if sys.platform == "win32":
        return
    for pipe in Path("/tmp").glob(f"OSL_PIPE_{os.getuid()}_*"):
        with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            if pipe.stat().st_mtime < started - 1:
                continue
            try:
                probe.connect(str(pipe))
            except ConnectionRefusedError:
                pipe.unlink()


def _check(path: Path, made: Path, limits: Limits) -> Path | ExtractorError:
    name = show_name(path)
    if not made.is_file():
        return DamagedFile(
            f"LibreOffice не смог прочитать файл «{name}», откройте его в Word и сохраните как .docx."
        )
    if made.stat().st_size > limits.file_bytes:
        return TooLarge(f"Файл «{name}» слишком велик, сохраните план отдельным документом.")
    return made
