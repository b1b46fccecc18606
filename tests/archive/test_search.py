"""Every case of a word is found, with file, place and line."""

from __future__ import annotations

import pytest

from extractor.archive.search import Question, search, years_asked
from extractor.errors import UsageProblem
from tests.archive.conftest import Desk


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home = tmp_path_factory.mktemp("search")
    desk = Desk(home / "Планы", home / "plans.sqlite")
    desk.write("заречный.txt")
    desk.write(
        "кировский.txt", territory="Кировского района", year=2017, one="Птицына О.Р.", two="Белова К.К.", second="гимназия № 5"
    )
    desk.add()
    return desk


CASES = [
    (Question("экстремистская литература"), 2),
    (Question("литературе экстремистской"), 2),
    (Question('"экстремистская литература"'), 2),
    (Question('"литература экстремистская"'), 0),
    (Question("экстремистская литература", year="2017"), 1),
    (Question("экстремистская литература", year="2017-2018"), 1),
    (Question("экстремистская литература", year="2016"), 0),
    (Question("ребёнок"), 0),
    (Question("детская литература"), 2),
    (Question("библиот*"), 4),
    (Question("обзор", school="школа № 183"), 1),
    (Question("обзор", school="СОШ 183"), 1),
    (Question("введение", school="раздольная"), 2),
    (Question("экстремистская литература", territory="Кировский район"), 1),
    (Question("экстремистская литература", territory="кировского"), 1),
    (Question("литература слон"), 0),
    (Question("2017 OR заседание"), 0),
    (Question('чтение") OR ("семья'), 0),
]


@pytest.mark.parametrize(("question", "count"), CASES, ids=lambda each: str(getattr(each, "text", each)))
def test_finds(archived: Desk, question: Question, count: int) -> None:
    with archived.open() as archive:
        assert search(archive, question).total == count


def test_answer_says_where(archived: Desk) -> None:
    with archived.open() as archive:
        [hit] = search(archive, Question("экстремистская литература", year="2017")).hits
    assert (hit.file, hit.place, hit.year) == ("Планы/кировский.txt", "абзац 4", "2017–2018")
    assert [hit.around[start:end] for start, end in hit.marks] == ["экстремистской", "литературы"]


def test_words_side_by_side_come_first(archived: Desk) -> None:
    with archived.open() as archive:
        hits = search(archive, Question("школьная библиотека")).hits
    assert "школьных библиотек" in hits[0].around


def test_older_versions_are_found_when_asked(desk: Desk) -> None:
    desk.write("план.txt", school="Старинная СОШ")
    desk.add()
    desk.write("план.txt")
    desk.add()
    with desk.open() as archive:
        assert search(archive, Question("старинная")).total == 0
        assert search(archive, Question("старинная", older=True)).total == 2


@pytest.mark.parametrize(
    "question", [Question("— !"), Question("чтение", year="позапрошлый"), Question("чтение", school="№ 999"), Question("чтение", territory="Марс")]
)
def test_what_cannot_be_asked_is_said(archived: Desk, question: Question) -> None:
    with archived.open() as archive, pytest.raises(UsageProblem):
        search(archive, question)


@pytest.mark.parametrize(
    ("text", "years"),
    [("2017", (2017, None)), ("2017-2018", (2017, 2018)), ("2017–18", (2017, 2018)), ("2017/2018", (2017, 2018)), (None, (None, None))],
)
def test_years(text: str | None, years: tuple[int | None, int | None]) -> None:
    assert years_asked(text) == years
