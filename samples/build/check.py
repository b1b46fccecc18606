"""Checks the gold records of the samples: every wording stands in its document, names agree.

    .venv/bin/python samples/build/check.py [NAME …]
"""
import json
import pathlib
import re
import sys

import docx
from docx.oxml.ns import qn

SAMPLES = pathlib.Path(__file__).resolve().parent.parent
# The samples of check_b.py are of a form that this one does not know (collections, text boxes).
SET_A = ("primary-2021 mathematics-2022 librarians-2019 history-2022 class-teachers-2023 kindergarten-2019"
         " analysis-2020 converter-2020").split()
KEYS = set("title association head school_year calendar_year approvals themes goals tasks directions results"
           " sections members meetings activities people schools diagnostics".split())
CODES = set("date-outside-year dates-out-of-order number-gap number-repeated cell-misplaced heading-misspelt"
            " dates-not-aligned year-missing unclosed-quote low-coverage ocr-uncertain".split())
PRECISIONS = set("day week month quarter term half_year holidays season school_year year range deadline"
                 " recurring on_request unknown".split())
KINDS = {"person", "role", "group", "organisation"}
WORDED = {"text", "label", "heading", "theme", "topic", "position", "purpose", "result", "place", "title",
          "organisation", "protocol"}


def squeeze(text):
    text = text.replace("\u00ad", "")
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def text_of(folder):
    path = folder / "plan.docx"
    if not path.exists():
        raw = (folder / "plan.txt").read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1251")
        return squeeze(re.sub(r"(?<=[а-яё])-\r?\n(?=[а-яё])", "", text))  # a word broken over a line
    document = docx.Document(str(path))
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        pieces = []
        for node in paragraph.iter():
            if node.tag == qn("w:t"):
                pieces.append(node.text or "")
            elif node.tag in (qn("w:br"), qn("w:tab")):
                pieces.append(" ")
        lines.append("".join(pieces))
    return squeeze(" ".join(lines))


def bare(text):
    """A text without the marks of a converter, as a reader sees it."""
    text = re.sub(r"\*\*|</?u>|\\(?=[^\w\s])", "", text)
    return squeeze(re.sub(r"<br>|[|#]", " ", text))


def walk(value, path=()):
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from walk(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from walk(inner, path + (index,))


def check(folder):
    faults = []
    gold = json.loads((folder / "plan.gold.json").read_text(encoding="utf8"))
    source = text_of(folder)
    readings = [source, bare(source)]

    def found(text):
        return any(text in reading for reading in readings)

    for key in set(gold) - KEYS:
        faults.append(f"unknown key {key}")
    people = {(p["surname"], (p["given"] or "")[:1], (p["patronymic"] or "")[:1]) for p in gold.get("people", [])}
    seen = set()
    schools = {(s.get("number"), s.get("name")) for s in gold.get("schools", [])}
    loose = {s.get("number") for s in gold.get("schools", [])}
    for path, value in walk(gold):
        where = ".".join(map(str, path))
        if "diagnostics" in path:
            if value.get("code") not in CODES:
                faults.append(f"{where}: code {value.get('code')}")
            continue
        for key, text in value.items():
            if key in WORDED and isinstance(text, str):
                if text != squeeze(text):
                    faults.append(f"{where}.{key}: white space in {text!r}")
                if not found(text):
                    faults.append(f"{where}.{key}: not in the document: {text!r}")
        for extra in [value["extra"]] if isinstance(value.get("extra"), dict) else []:
            for heading, text in extra.items():
                for word in (heading, text):
                    if not found(word):
                        faults.append(f"{where}.extra: not in the document: {word!r}")
        for section in value.get("section") or []:
            if not found(section):
                faults.append(f"{where}.section: not in the document: {section!r}")
        if "precision" in value:
            if value["precision"] not in PRECISIONS:
                faults.append(f"{where}: precision {value['precision']}")
            start, end = value.get("start"), value.get("end")
            if start and end and start > end:
                faults.append(f"{where}: {start} after {end}")
            edtf = value.get("edtf")
            if edtf and end and not edtf.endswith(end[:len(edtf.split("/")[-1].rstrip("~"))]) and "~" not in edtf:
                faults.append(f"{where}: {edtf} ends otherwise than {end}")
        if "kind" in value and "surname" in value:
            if value["kind"] not in KINDS:
                faults.append(f"{where}: kind {value['kind']}")
            if value["kind"] == "person":
                key = (value["surname"], (value["given"] or "")[:1], (value["patronymic"] or "")[:1])
                seen.add(key)
                if key not in people:
                    faults.append(f"{where}: {key} is not in people")
                if value["surname"] not in source:
                    faults.append(f"{where}: {value['surname']} is not in the document")
                if value["name"] != " ".join(filter(None, (value["surname"], value["given"], value["patronymic"]))):
                    faults.append(f"{where}: name {value['name']}")
        if {"number", "form", "text"} <= set(value) and not {"dates", "topic", "agenda", "section"} & set(value) \
                and path[0] != "schools" \
                and (value.get("number"), value.get("name")) not in schools \
                and value.get("number") not in loose - {None}:
            faults.append(f"{where}: school {value.get('text')} is not in schools")
    for key in people - seen:
        faults.append(f"people: {key} takes part in nothing")
    return faults


names = sys.argv[1:] or SET_A
bad = 0
for name in names:
    problems = check(SAMPLES / name)
    bad += len(problems)
    print(f"{name}: {'well' if not problems else len(problems)}")
    for problem in problems:
        print("  ", problem)
sys.exit(bool(bad))
