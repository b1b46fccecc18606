"""Participants made of fragments: who a position, a school, an organisation belongs to.

The order of a cell decides: «Губерт А.А., методист РМК» gives the position to the name before it,
«Воспитатель Дашкова Н.П.» to the name behind it, «Иванова И.И., Петрова П.П., учителя СОШ № 5» to both.
"""

from __future__ import annotations

from extractor.values.drafts import Draft, trimmed
from extractor.values.fragments import Fragment, FragmentGrammar, Piece
from extractor.values.splitting import split
from extractor.vocabulary.folding import fold

_CLOSE = frozenset({"", "-", ":", "("})
_PARTICIPLE = ("щие", "щий", "щая", "щих", "вшие", "вший", "вшая", "вших", "щиеся", "щийся")


def read_drafts(grammar: FragmentGrammar, text: str, *, genitive: bool = False) -> list[Draft]:
    """The entries of a text in order. `genitive`: «учителя» behind a name is of one teacher."""
    fragments = split(grammar, text, grammar.pieces(text))
    return _Assembly(grammar, text, fragments, genitive=genitive).run()


class _Assembly:
    def __init__(
        self, grammar: FragmentGrammar, text: str, fragments: list[Fragment], *, genitive: bool
    ) -> None:
        self.grammar, self.text, self.fragments, self.genitive = grammar, text, fragments, genitive
        self.drafts: list[Draft] = []
        self.shared: tuple[tuple[int, int], ...] = ()  # a position before several names
        self.before = False  # positions stand before names in this text

    def run(self) -> list[Draft]:
        for index, fragment in enumerate(self.fragments):
            first = fragment.pieces[0]
            if first.kind == "name":
                self._name(fragment, first)
            elif fragment.paren:
                self._paren(fragment)
            else:
                self._phrase(index, fragment)
        return self.drafts

    # --- names ---------------------------------------------------------------------------------

    def _name(self, fragment: Fragment, piece: Piece) -> None:
        last = self.drafts[-1] if self.drafts else None
        separator = fragment.separator
        if last is not None and last.name is None and self._waits_for_name(last, separator):
            if last.many and separator == "(" and fragment.end == piece.end:
                self.shared = self._position_alone(last, last.start, last.end)
                self.drafts.append(
                    Draft("person", piece.start, fragment.end, name=piece.name, position=self.shared)
                )
                return
            if last.many and last.office:
                self.shared = self._position_alone(last, last.start, last.end)
            self.before = self.before or last.kind == "role"
            if last.kind == "role" or (last.kind == "group" and last.office):
                last.position = self._position_alone(last, last.start, last.end)
            last.name, last.kind, last.end, last.known = piece.name, "person", fragment.end, True
            return
        draft = Draft("person", piece.start, fragment.end, name=piece.name, separator=separator)
        if self.shared and last is not None and last.name and separator in (",", "и", ""):
            draft.position = self.shared
            draft.school, draft.organisation = last.school, last.organisation
        else:
            self.shared = ()
        self.drafts.append(draft)

    def _waits_for_name(self, last: Draft, separator: str) -> bool:
        if last.kind == "role" or last.kind == "other":
            return separator in _CLOSE or (separator == "\n" and last.kind == "role")
        return last.kind in ("group", "organisation") and separator in _CLOSE

    def _position_alone(self, draft: Draft, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The position without the school or the organisation that the entry has found in it."""
        cuts = [
            at
            for at in (
                draft.school.at[0].start if draft.school else None,
                draft.organisation[0] if draft.organisation else None,
            )
            if at is not None and start < at < end
        ]
        end = min(cuts) if cuts else end
        start, end = trimmed(self.text, start, end)
        return ((start, end),) if start < end else ()

    # --- phrases -------------------------------------------------------------------------------

    def _phrase(self, index: int, fragment: Fragment) -> None:
        kind, head = self._kind(fragment)
        last = self.drafts[-1] if self.drafts else None
        separator = fragment.separator
        if last is not None and separator != ";" and self._belongs(index, fragment, kind, last):
            self._attach(fragment, kind, last)
            return
        if last is not None and last.numbers and separator in (",", "и", "-"):
            start = last.start
            self.drafts[-1] = self._draft(fragment, kind, head)
            self.drafts[-1].start = start
            return
        if (
            last is not None
            and (kind == "other" or self._lists_on(fragment, last))
            and self._continues(fragment, last)
        ):
            last.end = self._stop(fragment.pieces[-1], fragment.end)
            last.unknown += self._unknown(fragment.pieces)
            return
        self.drafts.append(self._draft(fragment, kind, head))

    def _draft(self, fragment: Fragment, kind: str, head: Piece | None) -> Draft:
        pieces = fragment.pieces
        draft = Draft(
            "organisation" if kind == "school" else kind,
            pieces[0].start,
            self._stop(pieces[-1], fragment.end),
        )
        draft.separator, draft.known = fragment.separator, kind != "other"
        draft.many = kind == "group"
        draft.office = head is None or head.head is None or head.head.number != "body"
        draft.speaks = head is None or head.head is None or head.head.speaks
        if head is not None and head.head is not None and head.head.present:
            draft.speaks = self._says_which(pieces, head)
        draft.numbers = all(p.kind == "number" for p in pieces)
        draft.complement = len(pieces) > 1
        draft.unknown = self._unknown(pieces)
        schools = [school for p in pieces for school in p.schools]
        draft.schools = len(schools)
        draft.school = schools[0] if len(schools) == 1 else None
        if kind == "role" and (body := self._own_body(pieces, head)) is not None:
            stops = [p.start for p in pieces if p.kind == "school" and p.start > body.start]
            draft.organisation = trimmed(self.text, body.start, stops[0] if stops else draft.end)
        return draft

    def _says_which(self, pieces: tuple[Piece, ...], head: Piece) -> bool:
        """«Участники заседания», «все желающие», «присутствующие»; not «участники», not «участники конкурса»."""
        others = [p for p in pieces if p is not head]
        lexicon = self.grammar.lexicon
        known = all(
            p.kind in ("head", "org", "school", "sign", "number", "quote")
            or p.word in lexicon.sittings
            or self.grammar.is_modifier(p)
            for p in others
        )
        return known and (bool(others) or head.word.endswith(_PARTICIPLE))

    def _unknown(self, pieces: tuple[Piece, ...]) -> int:
        """How many words nothing explains; one with a capital («Обсуждение») counts as many."""
        words = [p for p in pieces if p.kind == "word" and p.name is None and not self.grammar.is_modifier(p)]
        return sum(1 if not p.capital or self.text[p.start : p.end].isupper() else 9 for p in words)

    def _own_body(self, pieces: tuple[Piece, ...], head: Piece | None) -> Piece | None:
        """The organisation behind a position: «методист МКУДПО «ГЦРО»»; none for «инспектор ПДН»."""
        behind = [
            p
            for p in pieces
            if p.kind == "org" and not p.attached and head is not None and p.start > head.start
        ]
        return behind[0] if behind else None

    def _stop(self, last: Piece, end: int) -> int:
        """Takes in the stop of a final abbreviation («и др.») and, as it is written, of a final number."""
        following = self.text[end : end + 1]
        short = (
            last.kind in ("word", "head")
            and len(last.word) < 4
            and not self.text[last.start : last.end].isupper()
        )
        number = self.text[end - 1 : end].isdigit() and last.kind == "school"
        return end + 1 if following == "." and (short or number) else end

    def _kind(self, fragment: Fragment) -> tuple[str, Piece | None]:
        """What a fragment is, and the head that says so."""
        for piece, following in zip(fragment.pieces, (*fragment.pieces[1:], None), strict=True):
            if piece.kind == "head" and piece.head is not None:
                if following is not None and self.grammar.is_modifier(piece) and self._leads_on(following):
                    continue
                number = piece.head.number
                many = number in ("many", "body", "oblique-many") or (
                    number == "either" and not self.genitive
                )
                joined = (
                    any(p.word == "и" for p in fragment.pieces)
                    and sum(p.kind == "head" for p in fragment.pieces) > 1
                )
                return ("group" if many or (joined and self._two_heads(fragment)) else "role"), piece
            if piece.kind == "org":
                return "organisation", piece
            if piece.kind == "school":
                return "school", piece
            if not (
                self.grammar.is_modifier(piece)
                or piece.kind in ("number", "quote", "sign")
                or piece.word in ("и", "а", "также")
            ):
                break
        if any(p.kind == "school" for p in fragment.pieces[:3]):
            return "school", None
        return "other", None

    def _leads_on(self, piece: Piece) -> bool:
        return piece.kind == "head" or self.grammar.is_modifier(piece)

    def _two_heads(self, fragment: Fragment) -> bool:
        """«Директор и завхоз»: a nominative behind «и»."""
        pieces = fragment.pieces
        return any(
            one.word == "и" and other.head is not None and not other.head.number.startswith("oblique")
            for one, other in zip(pieces, pieces[1:], strict=False)
        )

    def _belongs(self, index: int, fragment: Fragment, kind: str, last: Draft) -> bool:
        """Whether the fragment says more about the entry before it."""
        separator = fragment.separator
        if kind == "school":
            wide = (",", "\n", ".", ")", *_CLOSE) if last.name else ("\n", ")", *_CLOSE)
            return last.kind != "organisation" and last.schools == 0 and separator in wide
        if last.name is None:
            return False
        if kind == "role":
            second = self._second_office(fragment) or self._first_office(fragment, last)
            free = not last.position or (separator in (",", "-") and second)
            return (
                free and separator in (",", "\n", ".", ")", *_CLOSE) and not self._goes_to_next(index, last)
            )
        if kind == "group":
            return not last.position and separator in (",", "-") and self._apposition(fragment)
        if kind == "organisation":
            return last.organisation is None and last.school is None and separator in (",", ")", *_CLOSE)
        if separator == "," and self._qualifies(fragment):
            return True
        return not last.position and separator in (",", "-", "\n", "") and self._small_words(fragment)

    def _qualifies(self, fragment: Fragment) -> bool:
        """«высшая категория», «1 кв. категория», «стаж 15 лет»: said of the person before."""
        words = [piece.word for piece in fragment.pieces]
        return len(words) < 6 and any(word in self.grammar.lexicon.qualifications for word in words)

    def _second_office(self, fragment: Fragment) -> bool:
        """«Иванова И.И., учитель истории, руководитель РМО»: one who leads is always something else too."""
        words = [piece.word for piece in fragment.pieces[:2]]
        return words[0] in self.grammar.lexicon.second_offices and len(words) > 1

    def _first_office(self, fragment: Fragment, last: Draft) -> bool:
        """«Дробот В.Г. – председатель, преподаватель ОБЗР»: one who leads an association also teaches."""
        lexicon = self.grammar.lexicon
        held = fold(self.text[last.position[-1][0] : last.position[-1][1]]).split() if last.position else []
        head = next((piece for piece in fragment.pieces if piece.kind == "head"), None)
        return bool(held) and held[0].rstrip(".") in lexicon.first_offices and (
            head is not None and head.word in lexicon.teaching
        )  # fmt: skip

    def _goes_to_next(self, index: int, last: Draft) -> bool:
        """Whether the position belongs to the name behind it."""
        if index + 1 >= len(self.fragments) or self.fragments[index + 1].pieces[0].kind != "name":
            return False
        following = self.fragments[index + 1].separator
        if following in _CLOSE:
            return True
        return following == "\n" and (self.before or bool(last.position)) and not self._same_line(index)

    def _same_line(self, index: int) -> bool:
        return self.fragments[index].separator in _CLOSE

    def _apposition(self, fragment: Fragment) -> bool:
        """Whether a plural behind names is of those names: «Иванова И.И., Петрова П.П., учителя СОШ № 5»."""
        first = fragment.pieces[0]
        if first.capital or first.word in ("все", "другие") or fragment.pieces[0].head is None:
            return False
        if first.head is not None and first.head.number == "body":
            return False
        names = [draft for draft in self.drafts if draft.name and not draft.position]
        return len(names) > 1 and len(names) == len(self.drafts) and self.drafts[-1].separator in (",", "и")

    def _small_words(self, fragment: Fragment) -> bool:
        """Unknown small words behind a name: «Трусова М.И., хореограф»."""
        first = fragment.pieces[0]
        return (
            first.kind == "word"
            and not first.capital
            and len(first.word) > 3
            and len(fragment.pieces) < 5
            and not first.word.endswith(("ы", "и"))
            and first.word not in self.grammar.lexicon.continuations
        )

    def _continues(self, fragment: Fragment, last: Draft) -> bool:
        """«по УВР, ВР», «Воспитатели, работающие по своим программам», «учителя физики, химии»."""
        first, separator = fragment.pieces[0], fragment.separator
        if first.kind in ("head", "org"):
            return True
        if separator in ("(", ")", "-", ":", "") or (separator == "\n" and not first.capital):
            return True
        if separator == ";" or last.kind == "organisation" or separator == ".":
            return False
        known = (
            first.word in self.grammar.lexicon.continuations
            or first.word.endswith(_PARTICIPLE)
            or len(first.word) < 3
        )
        return (
            known
            or (last.complement and first.kind == "word" and not first.capital)
            or first.kind == "number"
        )

    def _lists_on(self, fragment: Fragment, last: Draft) -> bool:
        """«Руководители ШМО, РМО»: an abbreviation behind a group that ends in one."""
        piece = fragment.pieces[0]
        if len(fragment.pieces) > 1 or not last.many or fragment.separator != "," or not last.complement:
            return False
        word, before = self.text[piece.start : piece.end], self.text[last.start : last.end].rsplit(None, 1)
        return len(before) > 1 and word.isupper() and before[1].isupper() and len(word) < 7

    # --- joining -------------------------------------------------------------------------------

    def _attach(self, fragment: Fragment, kind: str, last: Draft) -> None:
        schools = [school for piece in fragment.pieces for school in piece.schools]
        if schools and last.school is None:
            last.school = schools[0]
        last.schools += len(schools)
        last.end = self._stop(fragment.pieces[-1], fragment.end)
        last.unknown += self._unknown(fragment.pieces)
        head = next((piece for piece in fragment.pieces if piece.kind == "head"), None)
        body = fragment.pieces[0] if kind == "organisation" else self._own_body(fragment.pieces, head)
        content = fragment.pieces[-1].end
        if body is not None and last.organisation is None and last.name:
            stop = next(
                (p.start for p in fragment.pieces if p.kind == "school" and p.start > body.start), content
            )
            last.organisation = trimmed(self.text, body.start, self._stop(fragment.pieces[-1], stop))
        qualified = kind == "other" and bool(last.position)
        if kind in ("role", "group", "other") and last.name and not qualified:
            self._give_position(fragment, kind, last, body)

    def _give_position(self, fragment: Fragment, kind: str, last: Draft, body: Piece | None) -> None:
        start = fragment.pieces[0].start
        ends = [p.start for p in fragment.pieces if p.kind == "school" or p is body]
        end = min(ends) if ends else self._stop(fragment.pieces[-1], fragment.pieces[-1].end)
        start, end = trimmed(self.text, start, end)
        last.position = (*last.position, (start, end))
        if kind == "group":
            for draft in self.drafts[:-1]:
                draft.position, draft.school, draft.organisation = (
                    last.position,
                    last.school,
                    last.organisation,
                )

    def _paren(self, fragment: Fragment) -> None:
        """Brackets say more about the entry before them."""
        if not self.drafts:
            kind, head = self._kind(fragment)
            self.drafts.append(self._draft(fragment, kind, head))
            return
        last = self.drafts[-1]
        kind, _ = self._kind(fragment)
        if kind == "role" and last.name and not last.position:
            self._attach(fragment, kind, last)
        elif kind in ("school", "organisation"):
            self._attach(fragment, kind if last.name or kind == "school" else "school", last)
        last.end = max(last.end, fragment.end)
