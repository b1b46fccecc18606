# ruff: noqa: E501 -- long signatures
"""What the builders of the held-out plans share: the Word helpers of ../word.py and short writing of a gold record.

Gold values are written out by hand in every builder; this module only unfolds them
(an EDTF string to its bounds, a name to its parts).
"""
import calendar
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import word  # noqa: E402

HELDOUT = HERE.parent.parent / "heldout"


def save_docx(document, name):
    (HELDOUT / name).mkdir(parents=True, exist_ok=True)
    word.save(document, f"heldout/{name}")


def save_txt(text, name, encoding="utf-8"):
    (HELDOUT / name).mkdir(parents=True, exist_ok=True)
    (HELDOUT / name / "plan.txt").write_bytes(text.encode(encoding))


def save_gold(gold, name):
    text = json.dumps(gold, ensure_ascii=False, indent=1)
    (HELDOUT / name / "plan.gold.json").write_text(text + "\n", encoding="utf8")


def day_bounds(point):
    point = point.rstrip("~")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", point):
        return point, point
    year, month = map(int, point.split("-"))
    return f"{point}-01", f"{point}-{calendar.monthrange(year, month)[1]:02}"


def bounds(edtf):
    if edtf is None:
        return None, None
    left, _, right = edtf.partition("/")
    if left == "..":
        return None, day_bounds(right)[1]
    return day_bounds(left)[0], day_bounds(right or left)[1]


def D(text, edtf, precision=None, inferred=True, suggested=None, time=None):
    start, end = bounds(edtf)
    if precision is None:
        precision = ("deadline" if edtf.startswith("..") else "range" if "/" in edtf
                     else "day" if edtf.count("-") == 2 else "month")
    made = {"text": text, "edtf": edtf, "start": start, "end": end, "precision": precision,
            "year_inferred": inferred, "suggested": None}
    if suggested:
        first, last = bounds(suggested)
        made["suggested"] = {"edtf": suggested, "start": first, "end": last}
    if time:
        made["time"] = time
    return made


def S(text, form=None, type=None, number=None, name=None):
    return {"text": text, "form": form, "type": type, "number": number, "name": name}


def P(text, name, position=None, school=None, organisation=None, **more):
    """A person: text as written, name in its normal form «Фамилия И. О.»."""
    words = name.split(" ")
    made = {"kind": "person", "text": text, "name": name, "surname": words[0],
            "given": words[1] if len(words) > 1 else None, "patronymic": words[2] if len(words) > 2 else None,
            "position": position, "school": school}
    if organisation:
        made["organisation"] = organisation
    made.update(more)
    return made


def _nameless(kind, text, position=None, school=None):
    return {"kind": kind, "text": text, "name": None, "surname": None, "given": None, "patronymic": None,
            "position": position, "school": school}


def R(text, school=None, position=None):
    return _nameless("role", text, position or text, school)


def G(text, school=None):
    return _nameless("group", text, None, school)


def O(text):  # noqa: E743
    return _nameless("organisation", text)


OPEN = object()  # a key left out: the document does not settle it


def strip_open(made):
    return {k: v for k, v in made.items() if v is not OPEN}


def item(number, text, topic=None, form=None, speakers=(), dates=()):
    return strip_open({"number": number, "text": text, "topic": topic or re.sub(r"\.$", "", text), "form": form,
                       "speakers": speakers if speakers is OPEN else list(speakers), "dates": list(dates)})


def meeting(number, title, text, dates, theme, agenda, form=None, place=None):
    return strip_open({"number": number, "title": title, "text": text, "dates": dates, "theme": theme, "form": form,
                       "place": place, "agenda": agenda})


def act(number, text, dates, responsible=(), form=None, topic=OPEN, section=(), purpose=None, participants=(),
        place=None, result=None, extra=None, schools=OPEN):
    def many(value):
        return value if value is OPEN else list(value)
    return strip_open({"number": number, "section": many(section), "form": form, "text": text, "topic": topic,
                       "purpose": purpose, "participants": many(participants), "dates": many(dates), "place": place,
                       "responsible": many(responsible), "result": result, "schools": schools, "extra": extra or {}})


def place(text, *schools):
    return {"text": text, "schools": list(schools)}


def entries(label, *texts):
    return [{"label": label, "text": t} for t in texts]


def person(name):
    words = name.split(" ")
    return {"name": name, "surname": words[0], "given": words[1] if len(words) > 1 else None,
            "patronymic": words[2] if len(words) > 2 else None}
