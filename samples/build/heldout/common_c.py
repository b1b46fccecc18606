"""What the third set of held-out builders shares beside common.py: open keys anywhere, short month dates."""
from common import OPEN, D, save_gold


def without_open(value):
    if isinstance(value, dict):
        return {k: without_open(v) for k, v in value.items() if v is not OPEN}
    if isinstance(value, list):
        return [without_open(v) for v in value]
    return value


def finish(gold, name):
    save_gold(without_open(gold), name)


def year(text, first):
    """«В течение года» of the school year that starts in `first`."""
    return D(text, f"{first}-09-01/{first + 1}-05-31", "school_year")


def never(text, precision):
    """A term without bounds: recurring, on_request, or holidays without a season."""
    return D(text, None, precision, False)
