"""Tables whose columns are weeks or groups: neighbouring weeks as one stretch of time."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.model.plan import Date


def one_stretch(weeks: tuple[Date, ...]) -> tuple[Date, ...]:
    """Neighbouring weeks as one stretch of time; a single week as it is."""
    if len(weeks) < 2 or any(w.start is None or w.edtf is None for w in weeks):
        return weeks
    low, high = (weeks[0].edtf or "").split("/")[0], (weeks[-1].edtf or "").split("/")[-1]
    text = " ".join(week.text for week in weeks)
    at = tuple(span for week in weeks for span in week.at)
    return (replace(weeks[0], text=text, edtf=f"{low}/{high}", end=weeks[-1].end, precision="range", at=at),)
