"""Where one fragment of a text of people ends and the next begins."""

from __future__ import annotations

from itertools import accumulate

from extractor.values.fragments import Fragment, FragmentGrammar, Piece

_SIGNS = {";": ";", ",": ",", ":": ":", "/": ","}
_BULLETS = frozenset("•·*●▪■○◦–-")
_OPENING = "«„“"
_LONGEST_QUOTE = 25
_NEAR = 30  # how many pieces back a head still governs


def split(grammar: FragmentGrammar, text: str, pieces: list[Piece]) -> list[Fragment]:
    """The fragments of `text`, whose pieces are given, in order."""
    return _Splitter(grammar, text, pieces).run()


class _Splitter:
    def __init__(self, grammar: FragmentGrammar, text: str, pieces: list[Piece]) -> None:
        self.grammar, self.text, self.pieces = grammar, text, pieces
        self.leads = grammar.leads(pieces)
        self.closing = _brackets(pieces)
        self.closers = frozenset(self.closing.values())
        self.names_before = [0, *accumulate(piece.kind == "name" for piece in pieces)]
        self.fragments: list[Fragment] = []
        self.current: list[Piece] = []
        self.separator = ""
        self.paren_end = -1  # index of the bracket that closes the one being read
        self.quote_end = -1
        self.opened = -1  # how many fragments stand before an open bracket with names
        self.stop = False  # a full stop was met behind what is read

    def run(self) -> list[Fragment]:
        for index, piece in enumerate(self.pieces):
            if index <= self.quote_end:
                self.current.append(piece)
            elif piece.kind == "sign":
                self._sign(index, piece)
            elif piece.kind == "quote":
                self._quote(index, piece)
            elif piece.kind == "name":
                self._name(index, piece)
            else:
                self._word(index, piece)
        self._close("")
        return self.fragments

    def _close(self, separator: str, end: int = 0) -> None:
        """Ends the fragment; `separator` stands before the next one, the strongest of several counts."""
        if self.current:
            paren = self.paren_end >= 0
            pieces = tuple(self.current)
            self.fragments.append(
                Fragment(self.separator, pieces, paren, pieces[0].fresh, max(end, pieces[-1].end))
            )
            self.current, self.separator = [], ""
        self.stop = False
        if separator and (separator != "\n" or not self.separator) and self.separator != ";":
            self.separator = separator

    def _sign(self, index: int, piece: Piece) -> None:
        sign = piece.word
        if sign == "(":
            self._open_bracket(index)
        elif sign == ")":
            self._close_bracket(index, piece)
        elif self.paren_end >= 0:
            self.current.append(piece)
        elif sign == ".":
            self.stop = bool(self.current) and self._may_stop(self.current[-1])
        elif sign == "-":
            self._dash(index, piece)
        elif sign == ":":
            self._colon()
        elif sign == "," and self._between_numbers(index, piece):
            self.current.append(piece)
        elif sign in _SIGNS:
            self._close(_SIGNS[sign])
        elif sign in _BULLETS and piece.fresh:
            self._close("\n")
        elif self.current:
            self.current.append(piece)

    def _between_numbers(self, index: int, piece: Piece) -> bool:
        """«учителя 9,11 кл.»: no new entry."""
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        return (
            len(self.current) > 1
            and self.current[-1].kind == "number"
            and following is not None
            and following.kind == "number"
            and following.start == piece.end
        )

    def _colon(self) -> None:
        if not self._label():
            self._close(":")

    def _open_bracket(self, index: int) -> None:
        if self.paren_end >= 0:
            return
        end = self.closing.get(index, -1)
        if end < 0 or index == 0 or self.names_before[end] > self.names_before[index]:
            self.opened = len(self.fragments) + bool(self.current) if index else -1
            self._close("(" if index else "")
            return
        self._close("(")
        self.paren_end = end

    def _close_bracket(self, index: int, piece: Piece) -> None:
        if index == self.paren_end:
            if not self.current and self.fragments:
                last = self.fragments[-1]
                self.fragments[-1] = last._replace(end=piece.end)
            self._close(")", piece.end)
            self.paren_end = -1
        else:
            self._close(")")
            inside = self.fragments[self.opened :] if self.opened > 0 and index in self.closers else []
            if inside and sum(fragment.pieces[0].kind == "name" for fragment in inside) == 1:
                self.fragments[-1] = self.fragments[-1]._replace(end=piece.end)
            self.opened = -1

    def _may_stop(self, piece: Piece) -> bool:
        """Whether a stop behind the piece may end a sentence, not an abbreviation."""
        if piece.kind in ("name", "school", "quote", "number"):
            return True
        upper = self.text[piece.start : piece.end].isupper()
        abbreviated = len(piece.word) < 4 and not upper and piece.word not in ("год", "лет", "дня", "мир")
        short = piece.word in self.grammar.lexicon.modifiers or abbreviated
        return not short and piece.word not in ("преп", "библ", "учит", "пред")

    def _dash(self, index: int, piece: Piece) -> None:
        before = index > 0 and self.pieces[index - 1].end < piece.start
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        behind = following is not None and piece.end < following.start
        if piece.fresh and not self._compound(index):
            self._close("\n")
        elif (
            self._compound(index)
            or not before
            and not behind
            and self.current
            and self.current[-1].kind not in ("name", "school")
            or not (before and behind)
            and self._both_small(index)
        ):
            self.current.append(piece)
        elif not self._label():
            self._close("-")

    def _compound(self, index: int) -> bool:
        """«педагог- библиотекарь», «Педагоги -библиотекари»."""
        if not self.current or index + 1 >= len(self.pieces):
            return False
        lexicon = self.grammar.lexicon
        return self.current[-1].word in lexicon.first and self.pieces[index + 1].word in lexicon.second

    def _both_small(self, index: int) -> bool:
        if not self.current or index + 1 >= len(self.pieces):
            return False
        one, other = self.current[-1], self.pieces[index + 1]
        return one.kind == other.kind == "word" and not other.capital

    def _label(self) -> bool:
        """Drops «Отв.», «Докладчик» read so far: a label is no part of the entry."""
        labels = self.grammar.lexicon.labels
        if (
            not self.current
            or len(self.current) > 2
            or any(piece.word not in labels for piece in self.current)
        ):
            return False
        self.current, self.stop = [], False
        return True

    def _abbreviated_label(self) -> None:
        """«отв. все учителя», «докл. руководитель РМО»: the label goes."""
        if self.text[self.current[0].end : self.current[0].end + 1] == ".":
            self._label()

    def _quote(self, index: int, piece: Piece) -> None:
        """An opening quote with a near closing one keeps everything between together."""
        if self.text[piece.start] in _OPENING or self.text[piece.end : piece.end + 1].isalnum():
            for ahead in range(index + 1, min(index + _LONGEST_QUOTE, len(self.pieces))):
                if self.pieces[ahead].kind == "quote":
                    self.quote_end = ahead
                    break
        if self.quote_end > index and self.current and self.current[-1].kind == "name":
            self._close("")
        self.current.append(piece)

    def _name(self, index: int, piece: Piece) -> None:
        if self.current:
            self._label()
        if self.current and self.current[-1].word == "и" and self.current[-1].kind == "word":
            self.current.pop()
            self._close("и")
        elif self.stop:
            self._close(".")
        elif piece.fresh:
            self._close("\n")
        else:
            self._close("")
        self.current = [piece]
        end = piece.end
        self._close("", end)

    def _word(self, index: int, piece: Piece) -> None:
        if not self.current and self._is_mark(index, piece):
            return
        if (
            not self.current
            and piece.word in ("и", "а", "также")
            and piece.kind == "word"
            and not piece.capital
        ):
            self.separator = self.separator or "и"
            return
        if piece.fresh and not self.current and not self.separator:
            self.separator = "\n"
        if len(self.current) == 1 and piece.kind == "head" and piece.word != "секретарь":
            self._abbreviated_label()
        if self.current and self.paren_end < 0 and self._begins(index, piece):
            self._close("." if self.stop else "\n" if piece.fresh else "")
        self.stop = False
        self.current.append(piece)

    def _is_mark(self, index: int, piece: Piece) -> bool:
        """The «1.» of a list, which is no part of an entry."""
        if piece.kind != "number" or len(piece.word) > 2 or not (piece.fresh or index == 0):
            return False
        following = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        return following is not None and following.word in (".", ")") and following.start == piece.end

    def _begins(self, index: int, piece: Piece) -> bool:
        """Whether a new entry begins at this piece although no sign separates it."""
        last = self.current[-1]
        if last.kind == "word" and last.word in self.grammar.lexicon.prepositions:
            return False
        nominative = self.leads[index]
        if self.stop:
            return nominative or piece.kind == "org" or piece.capital
        if last.kind == "head" and last.word.endswith("щиеся") and not piece.fresh:
            return False  # «аттестующиеся педагоги»
        if nominative and self._complete(index):
            has_head = any(p.kind in ("head", "school", "org") for p in self.current[-_NEAR:])
            unclear = self._led_number(index) in ("either", "body")
            return piece.fresh or (has_head and not unclear and not self._follows_word(index))
        if not piece.fresh or not self._complete(index):
            return False
        if piece.kind == "org":
            return piece.capital and not any(p.kind == "head" for p in self.current[-_NEAR:])
        genitive = piece.word.endswith(("ого", "его", "ой", "ей", "ых", "их", "ом"))
        small = len(piece.word) < 6 and self.text[piece.start : piece.end].isupper()
        return piece.kind == "word" and piece.capital and not genitive and not small

    def _complete(self, index: int) -> bool:
        """Whether what is read can stand alone: not «опытные», «заместитель», «педагог» before «психолог»."""
        last, piece = self.current[-1], self.pieces[index]
        if last.word == "-":
            return False
        if len(self.current) < 5 and all(self.grammar.is_modifier(p) for p in self.current):
            return False
        if last.head is not None and last.head.governs and not _nominative_only(piece):
            return False
        if last.word in self.grammar.lexicon.first and piece.word in self.grammar.lexicon.second:
            return any(p.word in self.grammar.lexicon.never_compound for p in self.current[-4:])
        return True

    def _led_number(self, index: int) -> str:
        """The number of the head that the modifiers at `index` lead to."""
        number = ""
        for piece in self.pieces[index : index + 6]:
            number = piece.head.number if piece.head is not None else number
            if piece.word != "." and not self.grammar.is_modifier(piece):
                break
        return number

    def _follows_word(self, index: int) -> bool:
        """«мастер производственного обучения»: a head right behind an adjective may be its complement."""
        last = self.current[-1]
        return last.kind == "word" and self.grammar.is_modifier(last)


def _nominative_only(piece: Piece) -> bool:
    """«воспитатели», «Психолог»: no genitive, so that it cannot be a complement («руководитель проекта»)."""
    number = piece.head.number if piece.head is not None else ""
    return number == "many" or (number == "one" and piece.capital)


def _brackets(pieces: list[Piece]) -> dict[int, int]:
    """Index of each opening bracket and of the one that closes it."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.word == "(":
            stack.append(index)
        elif piece.word == ")" and stack:
            pairs[stack.pop()] = index
    return pairs
