# ruff: noqa: E501 -- the wording of the documents
"""B8: a text file such as pdftotext -layout gives: columns by spaces, page headers, page numbers."""
import sys
import textwrap
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "mmo-librarians-layout-2018" / "plan.txt"
WIDTH = 104
HEADER = " ММО школьных библиотекарей" + " " * 52 + "План на 2018-2019 уч. год"
FIRST = ((4, 48), (56, 18), (77, 27))
SECOND = ((2, 3), (8, 40), (52, 20), (76, 27))
lines = []


def out(*texts):
    lines.extend(texts)


def center(text):
    out(" " * ((WIDTH - len(text)) // 2) + text)


def wrapped(text, indent="", width=96):
    out(*textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=" "))


def page(number):
    out("", "", " " * 51 + str(number), "\f" + HEADER, "")


def wrap(text, width):
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width, break_on_hyphens=False) or [""]]


def cells(columns, *texts, drop=(), cut=None):
    """One row; the columns of `drop` start a line lower; after `cut` lines comes a new page."""
    wrapped_cells = [([""] if i in drop else []) + wrap(t, w) for i, (t, (_, w)) in enumerate(zip(texts, columns, strict=True))]
    for n in range(max(map(len, wrapped_cells))):
        if cut == n:
            page(1)
        line = ""
        for (start, _), cell in zip(columns, wrapped_cells, strict=True):
            if n < len(cell) and cell[n]:
                line = line.ljust(start) + cell[n]
        out(line)


out(HEADER, "", "")
center("ПЛАН  РАБОТЫ")
center("ММО школьных библиотекарей Вересковского района")
center("на 2018-2019 учебный год")
out("")
out("  Тема: «Школьная библиотека – территория чтения, информации и творческого взаимо-",
    "действия участников образовательных отношений».")
wrapped("Цель: повышение профессионального уровня библиотекарей, обмен опытом по продвижению детского и "
        "юношеского чтения в районе.", "  ")
out("  Задачи:")
wrapped("- внедрение новых форм работы с книгой и читателем, освоение электронных ресурсов и программ автоматизации;", "     ")
wrapped("- оказание методической помощи начинающим библио\u00adтекарям.", "     ")
out("", "")
center("1. Заседания ММО")
out("")
cells(FIRST, "Тема заседания. Вопросы", "Срок", "Ответственные")
out("")
cells(FIRST, "Заседание № 1. «Школьная библиотека: новый формат»", "14 сентября\n2018 г.", "")
cells(FIRST, "1. Анализ работы ММО за 2017-2018 учебный год", "", "Журбенко Т.Л., руководитель ММО")
cells(FIRST, "2. Доклад «Чтение в цифровую эпоху: проблемы и решения»", "", "Мамыкин С.С. (МБОУ «Вересковская СОШ № 1»)")
out("")
cells(FIRST, "Заседание № 2. «Краеведение в школьной библиотеке»", "Январь", "")
cells(FIRST, "1. Из опыта работы музея книги", "", "Овчаренкова Л.П., Дубнячковская ООШ")
cells(FIRST, "2. Мастер-класс «Лэпбук о родном крае»", "", "Поляничко ИИ, МОБУ СОШ с.Калиновое")
cells(FIRST, "3. Обзор новинок краеведческой литературы\u00a0для младших школьников", "", "все библиотекари")
out("")
cells(FIRST, "Зaседание № 3. «Подводим итоги»", "Май 2018 г.", "")
cells(FIRST, "1. Отчёты о работе школьных библиотек", "", "Все библиотекари")
cells(FIRST, "2. Планирование работы на 2019-2020 учебный год", "", "Журбенко Т.Л.")
out("", "")
center("2. План мероприятий")
out("")
cells(SECOND, "№", "Мероприятия", "Срок, место", "Отвественные")
cells(SECOND, "п/п", "", "проведения", "")
out("")
center("Организационная работа")
cells(SECOND, "1", "Составление базы данных школьных библиотекарей района", "До 20 сентября", "Журбенко Т.Л.")
cells(SECOND, "2", "Обмен учебниками между СОШ 4, 7 и 11, учёт\nнедостающей литера-\nтуры", "Сентябрь-октябрь", "Все библиотекари", drop=(2,))
out("")
cells(SECOND, "3", "Консультации для молодых специалистов", "По заявкам", "Журбенко Т.Л.Поляничко И.И.")
out("")
center("Методическая  работа")
cells(SECOND, "4", "Семинар «Электронный каталог: от идеи к воплощению»", "Ноябрь 2018 г.\nМБОУ «Вересковская\nСОШ № 1»", "Мамыкин С.С.", drop=(3,))
out("")
cells(SECOND, "5", "Муниципальный конкурс «Библиотекарь года»", "Февраль-март", "Управление образования Вересковского района", cut=1)
out("")
cells(SECOND, "6", "Круглый стол «Школьная и сельская библиотеки: точки соприкосновения»", "3-я неделя апреля", "Овчаренкова Л. П..")
out("")
cells(SECOND, "8", "Информирование о вебинарах и профессиональных конкурсах", "В течение года", "рук. ММО, методист РУО", drop=(2, 3))
out("")
cells(SECOND, "9", "Сдача годовых отчётов", "До 1 июня", "Библиотекари школ района")
out("", "", "  Руководитель ММО" + " " * 30 + "Т.Л. Журбенко", "", "", " " * 51 + "2", "")

OUT.parent.mkdir(exist_ok=True)
OUT.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")
print(OUT, file=sys.stderr)
