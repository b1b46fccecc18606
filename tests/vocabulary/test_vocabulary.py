"""Every word of the vocabulary of plans is met by what uses it, and so is every example beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import BrokenVocabulary
from extractor.model.plan import Plan
from extractor.values.announcements import AnnouncementGrammar
from extractor.values.associations import AssociationGrammar
from extractor.values.forms import FormGrammar
from extractor.values.senses import load_senses
from extractor.vocabulary import load_vocabulary, plan_words
from extractor.vocabulary.folding import fold
from extractor.vocabulary.plan_words import Column, Forms, Heading, Labels, load_plan_words, read_toml

WORDS = load_plan_words()
VOCABULARY = load_vocabulary()
SENSES = load_senses()
FILES = sorted(f.name for f in resources.files("extractor.vocabulary").iterdir() if f.name.endswith(".toml"))


def expected(cases: Sequence[Any], failing: Mapping[Any, str]) -> list[Any]:
    """The cases, those that fail marked with the reason."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=pytest.mark.xfail(strict=True, reason=failing[case]),
        )
        if case in failing
        else case
        for case in cases
    ]


# --- headings -----------------------------------------------------------------------------------

FIELDS_WITH_A_PARSER = {  # headings that are no field of the record by themselves
    "plan": "a caption that says nothing: the plan follows",
}
FIELDS_OF_ONE_VALUE = {"head": "one participant, not a list of texts", "members": "participants, not texts"}


def test_headings_are_fields_of_the_record() -> None:
    assert set(WORDS.headings) - set(FIELDS_WITH_A_PARSER) <= set(Plan.__struct_fields__)
    assert all(WORDS.headings[name].holds == "skip" for name in FIELDS_WITH_A_PARSER)


def test_fields_of_labelled_texts_have_headings() -> None:
    labelled = {"themes", "goals", "tasks", "directions", "results"}
    assert labelled | set(FIELDS_OF_ONE_VALUE) | set(FIELDS_WITH_A_PARSER) == set(WORDS.headings)


def test_headings_hold_what_the_segmenter_knows() -> None:
    from extractor.segment.labels import LISTS, TEXTS

    held = {name: heading.holds for name, heading in WORDS.headings.items()}
    assert {name for name, holds in held.items() if holds == "texts"} == set(TEXTS)
    assert {name for name, holds in held.items() if holds == "list"} | {"section"} == set(LISTS)
    assert set(held.values()) <= {"texts", "list", "skip"}


def _pairs(entries: dict[str, Any], field: str) -> list[tuple[str, str]]:
    return [(kind, line) for kind, entry in entries.items() for line in getattr(entry, field)]


@pytest.mark.parametrize(("kind", "line"), _pairs(WORDS.headings, "examples"))
def test_example_of_a_heading(kind: str, line: str) -> None:
    """The line opens the part, with a list below it; «plan» opens a caption."""
    from tests.documents import TITLE, outline, table

    below = table(["Мероприятие", "Сроки"], ["Семинар", "март"]) if kind == "plan" else "- изучать опыт;"
    (part,) = outline(TITLE, "", line, below).parts[1:2]
    assert (part.kind, part.misspelt) == ("caption" if kind == "plan" else kind, None)


@pytest.mark.parametrize(("kind", "label"), _pairs(WORDS.headings, "labels"))
def test_label_of_a_heading(kind: str, label: str) -> None:
    """In capitals, with a colon and a tail, and letter by letter."""
    for line in (label, f"{label.upper()}:", f"{label} – повышение качества", " ".join(label.upper()) + ":"):
        found = VOCABULARY.headings.match(fold(line))
        if line == " ".join(label.upper()) + ":" and len(line) > 60:
            continue
        assert found is not None, line
        assert found.kind == kind, line


def test_a_label_is_of_one_kind() -> None:
    kinds: dict[str, set[str]] = {}
    for kind, label in _pairs(WORDS.headings, "labels"):
        kinds.setdefault(fold(label), set()).add(kind)
    assert {label: found for label, found in kinds.items() if len(found) > 1} == {}


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "heading"), _pairs(WORDS.columns, "examples"))
def test_example_of_a_column(role: str, heading: str) -> None:
    assert _role(heading) == role


def _role(heading: str) -> str:
    """The role of a heading cell as the segmenter reads it."""
    from extractor.segment.columns import read_heading
    from extractor.segment.grids import make_grids
    from tests.documents import document, table

    cell = make_grids(document(table([heading])).blocks)[1].rows[0].cells[0]
    roles, _ = read_heading(cell, SENSES)
    return roles[0] if roles else ""


XFAIL_PHRASES = {
    ("agenda", "содержание вопросы"): "a phrase of [text] that matches the same words comes first",
    ("note", "категория"): "«категори~» of [participants] comes first",
}


@pytest.mark.parametrize(("role", "phrase"), expected(_pairs(WORDS.columns, "phrases"), XFAIL_PHRASES))
def test_phrase_of_a_column(role: str, phrase: str) -> None:
    found = VOCABULARY.columns.find(phrase.replace("~", ""))
    roles = {name for name, entry in WORDS.columns.items() if phrase in entry.phrases}
    assert found, phrase
    assert found[0][0] in roles


# --- meetings, forms, titles, associations ------------------------------------------------------

ANNOUNCING = ("names", "before", "ordinals")
LABELLING = ("theme", "agenda", "date", "place", "form", "goal", "decision", "participants", "result", "between")
ASKED_ELSEWHERE = ("owners", "speaker", "places", "venues", "own")
MEETINGS = AnnouncementGrammar(WORDS)


def test_every_list_of_meetings_is_asked_about() -> None:
    assert {*ANNOUNCING, *LABELLING, *ASKED_ELSEWHERE} == set(WORDS.meetings)


@pytest.mark.parametrize(
    "line", [line for kind in (*ANNOUNCING, "owners") for line in WORDS.meetings[kind].examples]
)
def test_example_of_an_announcement(line: str) -> None:
    assert MEETINGS.read(line) is not None


SINGULAR_NAMES = [name for name in WORDS.meetings["names"].words if not name.endswith("я")]


@pytest.mark.parametrize("name", SINGULAR_NAMES)
def test_every_name_of_a_meeting_announces_one(name: str) -> None:
    found = MEETINGS.read(f"{name} № 2. Октябрь")
    assert found is not None
    assert found.number == 2


@pytest.mark.parametrize("owner", WORDS.meetings["owners"].words)
def test_the_owner_belongs_to_the_title(owner: str) -> None:
    line = f"Заседание {owner} № 3"
    found = MEETINGS.read(line)
    assert found is not None
    assert (line[found.start : found.end], found.number) == (line, 3)


@pytest.mark.parametrize("entry", WORDS.meetings["ordinals"].words)
def test_ordinals_count(entry: str) -> None:
    word, value = entry.split("=")
    for line in (f"Заседание {word}", f"{word.upper()} ЗАСЕДАНИЕ", f"{word.capitalize()} заседание РМО. Май"):
        found = MEETINGS.read(line)
        assert found is not None, line
        assert found.number == int(value), line


PLURAL_OR_PART = (
    "темы",
    "тема",
    "тематика",
    "дня",
)  # «Тема заседания» and the like announce only with a number
BEFORE = [word for word in WORDS.meetings["before"].words if len(word) > 2 and word not in PLURAL_OR_PART]


@pytest.mark.parametrize("word", BEFORE)
def test_words_before_the_name(word: str) -> None:
    assert MEETINGS.read(f"{word.capitalize()} заседание РМО") is not None


@pytest.mark.parametrize(
    ("kind", "line"), [(k, line) for k in LABELLING for line in WORDS.meetings[k].examples]
)
def test_example_of_a_label_inside_a_meeting(kind: str, line: str) -> None:
    found = VOCABULARY.in_meeting.match(fold(line))
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("kind", "label"), [(k, label) for k in LABELLING for label in WORDS.meetings[k].labels]
)
def test_label_inside_a_meeting(kind: str, label: str) -> None:
    found = VOCABULARY.in_meeting.match(fold(label.upper() + ":"))
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("line", WORDS.meetings["speaker"].examples)
def test_example_of_a_speaker_line(line: str) -> None:
    found = VOCABULARY.speakers.match(fold(line))
    assert found is not None
    assert SENSES.people.find_names(line[found.end :])


@pytest.mark.parametrize("line", WORDS.meetings["places"].examples)
def test_example_of_a_place(line: str) -> None:
    assert SENSES.is_place(line)


FORMS = FormGrammar(WORDS)


@pytest.mark.parametrize("line", WORDS.forms.forms.examples)
def test_example_of_a_form(line: str) -> None:
    found = FORMS.read(line)
    assert found is not None
    assert line[found.topic :].startswith("«")


@pytest.mark.parametrize("group", WORDS.forms.forms.words, ids=lambda group: group[0])
def test_every_spelling_of_a_form_has_its_name(group: tuple[str, ...]) -> None:
    for spelling in group:
        found = FORMS.read(f"{spelling.capitalize()} «Опыт»")
        assert found is not None, spelling
        assert (found.name, found.topic) == (group[0], len(spelling) + 1), spelling


@pytest.mark.parametrize("kind", ["title", "report"])
def test_example_of_a_title(kind: str) -> None:
    from tests.documents import outline

    for line in WORDS.titles[kind].examples:
        assert [part.kind for part in outline(line).parts] == ["title"], line


@pytest.mark.parametrize("word", WORDS.titles["title"].words)
def test_every_title_word_opens_a_title(word: str) -> None:
    from tests.documents import outline

    line = f"{word} РМО учителей на 2021-2022 учебный год"
    assert [part.kind for part in outline(line).parts] == ["title"]


@pytest.mark.parametrize("entry", WORDS.titles["approvals"].words)
def test_every_approval_word_opens_an_approval(entry: str) -> None:
    from tests.documents import plan_of

    word, kind = entry.split("=")
    plan = plan_of(f"{word.upper()}", "Директор МБОУ СОШ № 3 И.И. Иванова", "", "План работы РМО на 2021 год")
    assert [approval.kind for approval in plan.approvals] == [kind]


def test_examples_of_approvals() -> None:
    from tests.documents import outline

    for line in WORDS.titles["approvals"].examples:
        assert outline(line).parts[0].kind == "approval"


def test_example_of_a_signature() -> None:
    from tests.documents import TITLE, outline

    for line in WORDS.titles["signature"].examples:
        assert outline(TITLE, "", "Цель: рост", "", line).parts[-1].kind == "signature"


ASSOCIATIONS = AssociationGrammar(WORDS)


@pytest.mark.parametrize("line", WORDS.association.examples.lines)
def test_example_of_an_association(line: str) -> None:
    found = ASSOCIATIONS.read(line)
    assert found is not None
    assert found.audience


@pytest.mark.parametrize(("kind", "level"), WORDS.association.types.items())
def test_abbreviation_of_an_association(kind: str, level: str) -> None:
    found = ASSOCIATIONS.read(f"План работы {kind} учителей химии")
    assert found is not None
    assert (found.type, found.level, found.audience) == (kind, level or None, "учителя химии")


@pytest.mark.parametrize(("word", "kind"), WORDS.association.words.items())
def test_words_of_an_association(word: str, kind: str) -> None:
    genitive = re.sub(r"ое\b", "ого", word)
    title = f"План работы {genitive} методического объединения учителей химии"
    found = ASSOCIATIONS.read(title.replace("-методического методического", "-методического"))
    assert found is not None
    assert found.type == kind


def test_the_levels_are_those_of_the_record() -> None:
    levels = {"school", "district", "municipal", "city", "regional", ""}
    assert set(WORDS.association.types.values()) <= levels
    assert set(WORDS.association.words.values()) <= set(WORDS.association.types)


# --- the files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["columns.toml", "headings.toml", "meetings.toml", "titles.toml"])
def test_every_entry_has_an_example(name: str) -> None:
    raw = tomllib.loads((Path(plan_words.__file__).parent / name).read_text("utf-8"))
    assert list(_without_examples(raw, name)) == []


def _without_examples(node: dict[str, Any], path: str) -> Iterator[str]:
    """Tables that hold words of a methodologist and no line to try them on."""
    if any(key in node for key in ("labels", "phrases", "words")) and not node.get("examples"):
        yield path
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _without_examples(value, f"{path}.{key}")


@pytest.mark.parametrize("name", FILES)
def test_no_regular_expressions_in_the_vocabulary(name: str) -> None:
    text = (Path(plan_words.__file__).parent / name).read_text("utf-8")
    assert not re.search(r"\\[dwsb]|\(\?|\[\^|\.\*", text)


BROKEN = [
    ("headings.toml", dict[str, Heading], "[goals", "скобка не закрыта"),
    ("headings.toml", dict[str, Heading], '[goals]\nholds = "texts"\nlabels = ["Цель"]', "нет examples"),
    (
        "headings.toml",
        dict[str, Heading],
        '[goals]\nholds = "texts"\nlabels = "Цель"\nexamples = []',
        "не список",
    ),
    (
        "columns.toml",
        dict[str, Column],
        '[dates]\nphrases = ["срок~"]\nexamples = []\nregex = "x"',
        "лишнее поле",
    ),
    ("meetings.toml", dict[str, Labels], "[names]\nwords = [1]\nexamples = []", "число вместо слова"),
    ("forms.toml", dict[str, Forms], '[forms]\nwords = ["доклад"]\nexamples = []', "слово вместо списка"),
]


@pytest.mark.parametrize(("name", "kind", "text", "what"), BROKEN, ids=[what for *_, what in BROKEN])
def test_a_broken_file_is_refused(
    name: str, kind: Any, text: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(plan_words.resources, "files", lambda package: tmp_path)
    with pytest.raises(BrokenVocabulary) as caught:
        read_toml(name, kind)
    _is_advice(str(caught.value), name)


def test_a_missing_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_words.resources, "files", lambda package: tmp_path)
    with pytest.raises(BrokenVocabulary) as caught:
        read_toml("titles.toml", dict[str, Labels])
    _is_advice(str(caught.value), "titles.toml")


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A methodologist's editor may save in cp1251."""
    (tmp_path / "titles.toml").write_bytes("# слова".encode("cp1251"))
    monkeypatch.setattr(plan_words.resources, "files", lambda package: tmp_path)
    with pytest.raises(BrokenVocabulary) as caught:
        read_toml("titles.toml", dict[str, Labels])
    _is_advice(str(caught.value), "titles.toml")


def _is_advice(message: str, name: str) -> None:
    """One Russian sentence that names the file and says what to do."""
    assert message.startswith(f"Словарь {name}")
    assert "исправьте" in message
    assert message.endswith(".")
