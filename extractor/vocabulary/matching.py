"""Finding a vocabulary phrase in folded text: exact, then letter-spaced, then with one typo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extractor.vocabulary.folding import fold, squash
from extractor.vocabulary.memory import remembered

_WORD = re.compile(r"[а-яa-z0-9№]+")
_LONG = 5  # letters a word needs before a typo in it is forgiven


def one_typo(a: str, b: str) -> bool:
    """Whether the words differ by one letter put in, left out, changed, or two swapped."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    if a[start + 1 :] == b[start:] or a[start:] == b[start + 1 :] or a[start + 1 :] == b[start + 1 :]:
        return True
    return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]


class LabelMatch:
    """A label found at the beginning of a text: its kind, where it ends, whether it was misspelt."""

    __slots__ = ("kind", "end", "label", "misspelt")

    def __init__(self, kind: str, end: int, label: str, misspelt: bool) -> None:
        self.kind, self.end, self.label, self.misspelt = kind, end, label, misspelt


class LabelMatcher:
    """Labels of several kinds, looked for at the beginning of a text; the longest wins."""

    def __init__(self, labels: Mapping[str, Iterable[str]]) -> None:
        self._kinds: dict[tuple[str, ...], tuple[str, str]] = {}
        self._squashed: dict[str, tuple[str, str]] = {}
        for kind, entries in labels.items():
            for label in entries:
                words = tuple(_WORD.findall(fold(label)))
                self._kinds.setdefault(words, (kind, label))
                self._squashed.setdefault(squash(label), (kind, label))
        self._first: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted(self._kinds, key=lambda w: -len(w)):
            self._first.setdefault(words[0], []).append(words)
        self._alike: dict[int, list[tuple[tuple[str, ...], str, str]]] = {}
        for words, (kind, name) in self._kinds.items():  # by the length of the first word, give or take one
            for size in range(len(words[0]) - 1, len(words[0]) + 2):
                self._alike.setdefault(size, []).append((words, kind, name))

        self._asked = remembered(self._match)

    def match(self, folded: str, *, typos: bool = True) -> LabelMatch | None:
        """The longest label that `folded` begins with, or None."""
        return self._asked(folded[:160], typos)

    def _match(self, folded: str, typos: bool) -> LabelMatch | None:
        found = []
        for word in _WORD.finditer(folded[:160]):
            found.append((word[0], word.end()))
            if len(found) == 8:
                break
        if not found:
            return None
        words = [w for w, _ in found]
        for label in self._first.get(words[0], ()):
            if tuple(words[: len(label)]) == label:
                kind, name = self._kinds[label]
                return LabelMatch(kind, found[len(label) - 1][1], name, False)
        return self._spaced(folded) or (self._misspelt(words, found) if typos else None)

    def _spaced(self, folded: str) -> LabelMatch | None:
        """«Т Е М А:», «За дачи:»: the letters before the colon, or of a short line, are a label's."""
        head = folded[:80].split(":", 1)[0]
        if len(head) >= 60 or " " not in head and "-" not in head:
            return None
        known = self._squashed.get(squash(head))
        return LabelMatch(known[0], len(head.rstrip()), known[1], False) if known else None

    def _misspelt(self, words: list[str], found: list[tuple[str, int]]) -> LabelMatch | None:
        """A label with a letter wrong in one of its long words."""
        for label, kind, name in self._alike.get(len(words[0]), ()):
            size = len(label)
            if size > len(words):
                continue
            if words[0] != label[0]:
                wrong = 0 if size == 1 or words[1:size] == [*label[1:]] else -1
            else:
                others = [k for k in range(1, size) if words[k] != label[k]]
                wrong = others[0] if len(others) == 1 else -1
            if (
                wrong >= 0
                and min(len(words[wrong]), len(label[wrong])) >= _LONG
                and one_typo(words[wrong], label[wrong])
            ):
                return LabelMatch(kind, found[size - 1][1], name, True)
        return None


class PhraseMatcher:
    """Phrases with open endings («мероприят~»), looked for as the words of a column heading."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._roles: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for role, entries in phrases.items():
            for phrase in entries:
                words = tuple(re.findall(r"[а-яa-z0-9№]+~?", fold(phrase)))
                self._roles.setdefault(words[0][:2], []).append((role, words))
        for entry in self._roles.values():
            entry.sort(key=lambda pair: (-len(pair[1]), -sum(map(len, pair[1]))))
        self._asked = remembered(self._find)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """(role, first word, number of words) of every phrase in the text, longest first, no overlaps."""
        return [*self._asked(fold(text)[:300])]

    def _find(self, folded: str) -> list[tuple[str, int, int]]:
        words = _WORD.findall(folded)
        taken: list[tuple[str, int, int]] = []
        place = 0
        while place < len(words):
            role, size = self._at(words, place)
            if role:
                taken.append((role, place, size))
            place += size or 1
        return taken

    def count(self, text: str) -> int:
        """Number of words in the text."""
        return len(_WORD.findall(fold(text)[:300]))

    def _at(self, words: list[str], place: int) -> tuple[str, int]:
        for role, phrase in self._roles.get(words[place][:2], ()):
            if len(phrase) <= len(words) - place and all(
                _same(word, part) for word, part in zip(words[place:], phrase, strict=False)
            ):
                return role, len(phrase)
        return "", 0


def _same(word: str, part: str) -> bool:
    if not part.endswith("~"):
        return word == part or (len(part) > _LONG and one_typo(word, part))
    stem = part[:-1]
    if word.startswith(stem):
        return len(word) <= len(stem) + 4
    return len(stem) > _LONG and any(
        one_typo(word[:size], stem) for size in (len(stem) - 1, len(stem), len(stem) + 1)
    )
