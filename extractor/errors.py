"""One family of errors. Each has an exit code and one Russian sentence that says what to do next."""

from __future__ import annotations


class ExtractorError(Exception):
    """Base of all errors that stop the work on one file. `str(error)` is a sentence for the user."""

    exit_code = 1


class UsageProblem(ExtractorError):
    """Arguments that cannot be carried out (an unknown suffix of the output, a folder as output)."""

    exit_code = 2


class NotAFile(ExtractorError):
    """The path is missing, a folder, or cannot be opened."""

    exit_code = 3


class EmptyFile(ExtractorError):
    """The file holds no bytes, or a document without any text."""

    exit_code = 4


class UnknownFormat(ExtractorError):
    """The content is no document that this version reads."""

    exit_code = 5


class DamagedFile(ExtractorError):
    """The file begins like a document and breaks off or contradicts itself."""

    exit_code = 6


class EncryptedFile(ExtractorError):
    """The file is locked with a password."""

    exit_code = 7


class TooLarge(ExtractorError):
    """The file breaks one of the limits in `ingest.limits`."""

    exit_code = 8


class OutputProblem(ExtractorError):
    """The result cannot be written (Excel holds the file open, no room, no rights)."""

    exit_code = 9


class BrokenVocabulary(ExtractorError):
    """A vocabulary file does not follow its form."""

    exit_code = 10


class TimedOut(ExtractorError):
    """Reading took longer than the limit of time in `worker.WorkLimits`; the worker was ended."""

    exit_code = 11


class OutOfMemory(ExtractorError):
    """Reading took more memory than the limit in `worker.WorkLimits`."""

    exit_code = 12


class WorkerDied(ExtractorError):
    """The process that read the file crashed or was killed."""

    exit_code = 13


class SomeFailed(ExtractorError):
    """Many files were worked through to the end, and some of them could not be read."""

    exit_code = 14
