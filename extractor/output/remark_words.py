"""What a remark is called in a cell of a table: «number-gap» → «пропуск в номерах»."""

from __future__ import annotations

_WORDS = {
    "cell-misplaced": "не та графа",
    "date-outside-year": "дата вне учебного года",
    "dates-not-aligned": "сроки не распределены",
    "dates-out-of-order": "даты не по порядку",
    "doc-incomplete": "файл прочитан не весь",
    "doubtful-reading": "прочитано с сомнением",
    "encoding-broken-bytes": "испорченные буквы",
    "encoding-uncertain": "кодировка под вопросом",
    "file-incomplete": "файл прочитан не весь",
    "heading-misspelt": "опечатка в заголовке",
    "hidden-text": "скрытый текст",
    "low-coverage": "разобрано не всё",
    "nested-too-deep": "слишком глубокая вложенность",
    "no-second-reading": "нет второго чтения",
    "not-a-plan": "не похоже на план",
    "number-gap": "пропуск в номерах",
    "number-repeated": "номер повторён",
    "ocr-pages": "распознанные страницы",
    "ocr-uncertain": "распознано с сомнением",
    "page-unreadable": "страница не прочитана",
    "part-unreadable": "часть не прочитана",
    "readings-differ": "чтения расходятся",
    "tracked-deletions": "удалённый текст",
    "unclosed-quote": "кавычка не закрыта",
    "year-missing": "не указан год",
}


def remark_word(code: str) -> str:
    """The words for a code; the code itself where there are none yet."""
    return _WORDS.get(code, code)
