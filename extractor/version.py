"""The version of the program, as `extract --version` and every record say it."""

__version__ = "0.1.0"
