"""How the workbook looks: formats, widths of columns by their heading, the printed page."""

from __future__ import annotations

from typing import Any

FONT = "Arial"  # where it is missing, Liberation Sans has the same widths
INK, PAPER, PALE, GREY = "#1F3864", "#D9E2F3", "#F2F5FB", "#595959"
LINK = "#1F4E9E"
GRID = "#D0D0D0"
LETTERS = 1.3  # letters of 9 points to a unit of width
_PAGE = 190  # letters of a line that can still be read on A4 in landscape

_WIDTHS = {
    "Файл": 38,
    "Объединение": 38,
    "Учебный год": 12,
    "Заголовок": 44,
    "Содержание": 54,
    "Тема": 44,
    "Темы": 44,
    "Цели": 44,
    "Цель": 34,
    "Задачи": 54,
    "Направления": 44,
    "Ожидаемые результаты": 44,
    "Результат": 28,
    "Сообщение": 70,
    "Где участвует": 54,
    "Как в плане": 40,
    "Заседание": 22,
    "Тема заседания": 30,
    "Раздел": 26,
    "Срок (как в плане)": 20,
    "Место проведения": 22,
    "Школы": 26,
    "Школа": 26,
    "Написания": 34,
    "Название": 24,
    "Выступающие": 30,
    "Ответственные": 30,
    "Участники": 28,
    "Руководитель": 28,
    "Кого объединяет": 22,
    "Территория": 20,
    "Замечания": 20,
    "Прочее": 26,
    "Место в файле": 20,
    "Что это": 26,
    "Ключ": 34,
    "Ключ школы": 30,
    "Ключи школ": 30,
    # of «Реестр»
    "Как называется": 40,
    "Все написания": 44,
    "Годы": 24,
    "Решение": 30,
    "Предложение": 44,
}
_DAYS = {"Начало", "Окончание"}
_COLOURS = {"ошибка": "#C00000", "проверить": "#9C5700", "сведение": GREY}
_TABS = {"Планы": "#2F5597", "Замечания": "#C55A11"}


def width_limit(heading: str) -> int:
    """The widest that a column becomes, in letters."""
    return 12 if heading in _DAYS else _WIDTHS.get(heading, 16)


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, file: Any) -> None:
        def look(**more: Any) -> Any:
            return file.add_format({"font_name": FONT, "font_size": 9, "valign": "top", **more})

        def cell(**more: Any) -> Any:
            return look(border=1, border_color=GRID, **more)

        self.text = cell(text_wrap=True)
        self.day = cell(num_format="dd.mm.yyyy", align="center")
        self.number = cell(num_format="#,##0", align="center")
        self.share = cell(num_format="0.0%", align="center")
        self.link = cell(text_wrap=True, font_color=LINK)
        self.link_number = cell(num_format="#,##0", align="center", font_color=LINK)
        self.heading = look(
            bold=True,
            text_wrap=True,
            valign="vcenter",
            font_color=INK,
            bg_color=PAPER,
            bottom=2,
            bottom_color=INK,
        )
        self._words = {word: cell(font_color=colour) for word, colour in _COLOURS.items()}
        # the sheet «Свод»
        self.title = look(font_size=18, bold=True, font_color=INK)
        self.subtitle = look(font_size=11, font_color=GREY)
        self.section = look(font_size=13, bold=True, font_color=INK, bottom=1, bottom_color=INK)
        self.note = look(italic=True, font_size=9, font_color=GREY)
        self.column = look(
            bold=True, text_wrap=True, align="center", valign="vcenter", font_color=INK, bg_color=PAPER
        )
        self.first_column = look(bold=True, valign="vcenter", font_color=INK, bg_color=PAPER)
        self.count = look(num_format="#,##0", align="center", bottom=1, bottom_color="#DDDDDD")
        self.count_share = look(num_format="0.0%", align="center", bottom=1, bottom_color="#DDDDDD")
        self.label = look(text_wrap=True, bottom=1, bottom_color="#DDDDDD")
        self.label_link = look(text_wrap=True, font_color=LINK, bottom=1, bottom_color="#DDDDDD")
        self.sum = look(bold=True, num_format="#,##0", align="center", bg_color=PALE, top=1, top_color=INK)
        self.sum_label = look(bold=True, bg_color=PALE, top=1, top_color=INK)
        self.figure = look(font_size=12, bold=True, num_format="#,##0", align="center", font_color=INK)
        self.plain = look()

    def of(self, heading: str) -> Any:
        """The format of a column."""
        if heading in _DAYS:
            return self.day
        if heading == "Разобрано":
            return self.share
        numbers = heading.startswith(
            ("Планов", "Заседаний", "Вопросов", "Мероприятий", "Людей", "Школ", "Упоминаний")
        )
        if (numbers and heading not in ("Школы", "Школа")) or heading in ("Замечаний", "№ заседания"):
            return self.number
        return self.text

    def word(self, text: str) -> Any:
        """The format of a word that has a colour of its own («ошибка»), else None."""
        return self._words.get(text)


def prepare_page(sheet: Any, name: str, width: float) -> None:
    """A4 in landscape, as wide as can still be read, with the sheet's name and the page's number."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    across = max(1, round(width / _PAGE))
    sheet.fit_to_pages(across, 0)
    if across > 1:
        sheet.repeat_columns(0)
    sheet.set_footer(f"&L&9{name}&R&9стр. &P из &N")
    if name in _TABS:
        sheet.set_tab_color(_TABS[name])
