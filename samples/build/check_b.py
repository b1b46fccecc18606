"""Checks the B set of samples: run with no arguments, or with names of samples.

Every wording of a plan.gold.json has to stand in the document beside it (white space
normalised, soft hyphens gone), dates have to hold together, and people and schools have to
be the ones that the items name.
"""
import datetime
import json
import re
import sys
from pathlib import Path

import docx
from docx.oxml.ns import qn

SAMPLES = Path(__file__).resolve().parent.parent
NAMES = ["umo-cluster-2022", "rmo-russian-months-2024", "school-library-2023", "rmo-english-2022",
         "mo-psychologists-2022", "two-plans-2023", "mmo-technology-2019", "mmo-librarians-layout-2018"]
PRECISIONS = {
    "day", "week", "month", "quarter", "term", "half_year", "holidays", "season", "school_year",
    "year", "range", "deadline", "recurring", "on_request", "unknown",
}
CODES = {
    "date-outside-year", "dates-out-of-order", "number-gap", "number-repeated", "cell-misplaced",
    "heading-misspelt", "dates-not-aligned", "year-missing", "unclosed-quote", "low-coverage",
    "ocr-uncertain",
}
WORDING = {"text", "label", "heading", "theme", "topic", "title", "place", "purpose", "result", "position"}


def norm(text):
    text = text.replace("\u00ad", "").replace("\u00a0", " ").replace("\u2011", "-")
    return re.sub(r"\s+", " ", text).strip()


def document_text(folder):
    if (folder / "plan.txt").exists():
        return columns_text((folder / "plan.txt").read_text(encoding="utf-8"))
    doc = docx.Document(str(folder / "plan.docx"))
    parts = []
    bodies = [doc.element.body] + [x._element for s in doc.sections for x in (s.header, s.footer)]
    for body in bodies:
        for p in body.iter(qn("w:p")):
            text = ""
            for el in p.iter():
                if el.tag == qn("w:t"):
                    text += el.text or ""
                elif el.tag in (qn("w:br"), qn("w:tab"), qn("w:cr")):
                    text += " "
            parts.append(text)
    return norm(" ".join(parts))


def columns_text(raw):
    """Text in columns by spaces: each column is read downwards, words broken at a line end are joined."""
    streams = {}
    for line in raw.replace("\f", "\n").split("\n"):
        for m in re.finditer(r"\S+(?: \S+)*", line.replace("\u00a0", " ")):
            streams.setdefault(max(0, m.start() - 2) // 4 * 4, []).append(m.group())
    texts = [norm(" ".join(s)) for s in [*streams.values(), [raw]]]
    return " | ".join(texts + [re.sub(r"(?<=\w)- (?=\w)", "", t) for t in texts])


def words(text):
    return re.findall(r"\w+", text)


def walk(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, path + (key,))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from walk(item, path + (i,))
    else:
        yield path, value


def same_person(a, b):
    return a["surname"] == b["surname"] and all(
        not a[k] or not b[k] or a[k][0] == b[k][0] for k in ("given", "patronymic"))


def check_record(gold, text, problems, loose):
    joined = set(words(text)) | set(words(re.sub(r"- ", "", text)))
    for path, value in walk(gold):
        key = path[-1] if isinstance(path[-1], str) else path[-2]
        if not isinstance(value, str) or path[0] == "diagnostics":
            continue
        in_extra = len(path) > 1 and path[-2] == "extra"
        if key not in WORDING and key != "section" and not in_extra:
            continue
        for wording in ([value, key] if in_extra else [value]):
            wanted = norm(wording)
            if wanted != wording:
                problems.append(f"{path}: not normalised: {wording!r}")
            if wanted in text:
                continue
            missing = [w for w in words(wanted) if w not in joined]
            if missing:
                problems.append(f"{path}: not in the document: {missing} of {wording!r}")
            else:
                loose.append(f"{path}: only word by word: {wording!r}")
    used_people, used_schools = [], []

    def visit(value, key=None):
        if isinstance(value, dict):
            if value.get("kind") in ("person", "role", "group", "organisation") and "surname" in value:
                if value["kind"] == "person":
                    used_people.append(value)
                    got = [value["surname"], value["given"], value["patronymic"]]
                    if " ".join(x for x in got if x) != value["name"]:
                        problems.append(f"name: {value}")
                elif value["name"]:
                    problems.append(f"named {value['kind']}: {value}")
            if "precision" in value:
                check_date(value, problems)
            if key in ("school", "schools") and isinstance(value, dict):
                used_schools.append(value)
            for k, v in value.items():
                visit(v, k)
        elif isinstance(value, list):
            for v in value:
                visit(v, key)

    for key, value in gold.items():
        if key not in ("people", "schools", "diagnostics"):
            visit(value, key)
    for p in used_people:
        if not any(same_person(p, q) for q in gold["people"]):
            problems.append(f"not in people: {p['name']}")
    for q in gold["people"]:
        if not any(same_person(p, q) for p in used_people):
            loose.append(f"in people, but in no item: {q['name']}")
        if words(q["surname"])[0][:-1] not in text:
            loose.append(f"surname not as such in the document: {q['surname']}")
    for a in range(len(gold["people"])):
        for b in range(a):
            if same_person(gold["people"][a], gold["people"][b]):
                problems.append(f"twice in people: {gold['people'][a]['name']}")

    def ident(s):
        return s.get("number") or s.get("name")

    listed = [ident(s) for s in gold["schools"]]
    if len(set(listed)) != len(listed):
        loose.append(f"schools repeat: {listed}")
    for s in used_schools:
        if ident(s) not in listed:
            problems.append(f"not in schools: {s}")
    for s in gold["schools"]:
        if ident(s) not in [ident(u) for u in used_schools]:
            loose.append(f"in schools, but in no item: {s['text']}")
    for d in gold["diagnostics"]:
        if d["code"] not in CODES:
            problems.append(f"unknown code: {d['code']}")


def check_date(d, problems):
    if d["precision"] not in PRECISIONS:
        problems.append(f"precision: {d}")
    start, end = (datetime.date.fromisoformat(d[k]) if d[k] else None for k in ("start", "end"))
    if start and end and start > end:
        problems.append(f"ends before it starts: {d}")
    if d["precision"] in ("recurring", "on_request", "unknown"):
        if d["edtf"] or start or end:
            problems.append(f"bounds of {d}")
        return
    if not d["edtf"]:
        problems.append(f"no edtf: {d}")
        return
    left, _, right = d["edtf"].replace("~", "").partition("/")
    right = right or left
    if left == "..":
        if start or d["precision"] != "deadline":
            problems.append(f"deadline: {d}")
    elif d["start"] and not d["start"].startswith(left):
        problems.append(f"start: {d}")
    if d["end"] and not d["end"].startswith(right):
        problems.append(f"end: {d}")


def main():
    bad = 0
    for name in sys.argv[1:] or NAMES:
        folder = SAMPLES / name
        gold = json.loads((folder / "plan.gold.json").read_text(encoding="utf-8"))
        text = document_text(folder)
        problems, loose = [], []
        for record in gold["plans"] if gold.get("schema") == "plans/1" else [gold]:
            check_record(record, text, problems, loose)
        print(f"{name}: {len(problems)} problems, {len(loose)} remarks, {len(text)} characters")
        for line in problems:
            print("  !", line)
        for line in loose:
            print("   ", line)
        bad += bool(problems)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
