"""Are the names of a sentence still in its translation, and no others?

In scripts with capitals a name is a capitalised word within the sentence that is not translated like any other word;
its English is found by spelling, after transliteration. States and cities are known in every language (CLDR), some
persons and bodies in several spellings (data/names.toml). In scripts without capitals only these are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

from digest import data
from digest.guards.numbers import months

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_ELISION = re.compile(r"^\w{1,5}['’](?=[A-ZÀ-Þ])")
_START = re.compile(r"(?:^|[.!?…:;]\s+)[\s\"'“”„«»(\[¿¡—–-]*$")
_SHORT = 4
"""Shorter words are compared as wholes; in a spelling nothing is left of them."""

_GERMAN_TITLES = ("minister", "präsident", "kanzler", "botschafter", "general", "admiral", "sprecher", "kommissar")
_NEAR = 0.72
_FIRST_OF_EAST_ASIA = 0x2E80
_UNCASED = frozenset(("ar", "fa", "he", "ur", "zh", "ja", "ko", "hi", "th", "bn", "ta", "te", "ka", "am", "ckb", "ps"))
_UNSPACED = frozenset(("zh", "ja", "th", "ko"))
_ABJADS = frozenset(("ar", "fa", "he", "ur"))
_NOUNS_IN_CAPITALS = frozenset(("de", "lb"))
_VOWELS = re.compile(r"[aeiouy]")
_SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("tsh", "c"), ("ph", "f"), ("sh", "s"), ("ch", "c"), ("cz", "c"),
    ("sz", "s"), ("zh", "z"), ("kh", "h"), ("th", "t"),
    ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("ks", "x"), ("ts", "c"),
    ("dj", "j"), ("dz", "j"), ("dsch", "j"),
    ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("c", "k"),
)  # fmt: skip


def wrong_names(source: str, english: str, language: str) -> tuple[list[str], list[str]]:
    """Names of the source that the English does not have, and names of the English that the source does not have."""
    missing = _places_missing(source, english, language) + _known_missing(source, english)
    if language in _UNCASED:
        added = _added_to_uncased(source, english, language)
        return missing, added
    lost, gained = _by_spelling(source, english, language)
    return list(dict.fromkeys(missing + lost)), gained


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """A word in plain small Latin letters, other alphabets transliterated."""
    letters = _letters()
    small = "".join(letters.get(letter, letter) for letter in unicodedata.normalize("NFC", word.lower()))
    small = (
        small.replace("ł", "l")
        .replace("ø", "o")
        .replace("ß", "ss")
        .replace("đ", "d")
        .replace("ı", "i")
        .replace("æ", "ae")
    )
    plain = unicodedata.normalize("NFD", small)
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one name."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORT:
        return False
    if one[:5] == other[:5]:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1 and len(shorter) > _SHORT:  # an ending of case
        one, other = shorter, longer[: len(shorter) + 1]
    if SequenceMatcher(None, one, other).ratio() >= _NEAR:
        return True
    sounds = _sounds(one), _sounds(other)
    return SequenceMatcher(None, *sounds).ratio() >= _NEAR or (_bones(one) == _bones(other) and len(_bones(one)) > 2)


# --- by spelling ---------------------------------------------------------------------------------------------------


def _by_spelling(source: str, english: str, language: str) -> tuple[list[str], list[str]]:
    there = {folded(word) for word in _pieces(_WORD.findall(english)) if word not in _small_words()}
    here = {folded(word) for word in _pieces(_WORD.findall(source))}
    aliases = _known_words(source) | _place_words(source, language)
    lost = [span for span in _spans(source, language) if _is_lost(span, there, language)]
    gained = [
        span
        for span in (() if _is_headline(english) else _spans(english, "en"))
        if not any(_is_english(word) or folded(word) in aliases or _found(word, here) for word in span)
    ]
    return [" ".join(span) for span in lost], [" ".join(span) for span in gained]


def _is_lost(span: Sequence[str], there: set[str], language: str) -> bool:
    """Whether a run of capitalised words holds a name that the English does not have.

    A part that is found by its spelling shows the run to be a name, whose other parts must be found as well. A run of
    which nothing is found is a name that was lost; German, where all nouns have capitals, proves nothing then.
    """
    listed = _is_listed(" ".join(span))
    words = [
        word for word in span if not _is_common(word) and not _place_of(word, language) and not months(word, language)
    ]
    found = [word for word in words if _found(word, there)]
    if listed or not words or len(found) == len(words):
        return False
    if found:  # what stands before is a title
        return any(word not in found for word in words[words.index(found[0]) :])
    if any(_is_title(word) for word in span[: span.index(words[0])]):
        return True
    translated = any(_is_common(word) and len(word) >= _SHORT for word in span)
    return language not in _NOUNS_IN_CAPITALS and not translated


def _is_headline(text: str) -> bool:
    """Whether most words of a text begin with capitals."""
    words = [word for word in _WORD.findall(text) if len(word) > 3]
    capitals = sum(1 for word in words if word[0].isupper())
    return capitals > 0.6 * len(words)


def _is_listed(text: str) -> bool:
    return bool(_rows_in(text))


def _spans(text: str, language: str) -> list[list[str]]:
    """Runs of capitalised words that do not only stand at the beginning of a sentence."""
    spans: list[list[str]] = []
    last_end = -10
    open_start = False
    for found in _WORD.finditer(text):
        word = found[0]
        word = _ELISION.sub("", word)
        capital = word[0].isupper() and not (word.isupper() and len(word) > 1) and len(word) > 2
        if not capital:
            continue
        begins = bool(_START.search(text[: found.start()]))
        together = text[last_end : found.start()].strip() == "" and last_end >= 0
        if begins:
            open_start = True
            last_end = found.end()
            first = word
            continue
        if together and spans and not open_start:
            spans[-1].append(word)
        elif together and open_start:
            spans.append([first, word])
            open_start = False
        else:
            spans.append([word])
            open_start = False
        last_end = found.end()
    return spans


def _found(word: str, others: Iterable[str]) -> bool:
    pieces = [folded(piece) for piece in _pieces([word])]
    return any(alike(piece, other) for piece in pieces for other in others) if any(pieces) else True


def _pieces(words: Iterable[str]) -> list[str]:
    return [piece for word in words for piece in {word, *re.split(r"['’-]", word)} if piece]


@cache
def _is_common(word: str) -> bool:
    words, stems = _common()
    small = word.lower()
    return small in words or small.startswith(stems) or len(small) < _SHORT


@cache
def _is_title(word: str) -> bool:
    small = word.lower()
    return small.startswith(_titles()) or small.removesuffix("in").endswith(_GERMAN_TITLES)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(str(data.load("lengths.toml")["words"]["english"]).split())


@cache
def _titles() -> tuple[str, ...]:
    return tuple(title.rstrip("*") for title in str(data.load("names.toml")["titles"]).split())


@cache
def _is_english(word: str) -> bool:
    small = re.sub(r"['’]s?$", "", word.lower())
    return small in _english() or len(small) < _SHORT or small.endswith(("ish", "ese", "ian", "lsh"))


# --- by lists ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2_000)
def _rows_in(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The listed names that stand in a text, each with its English spellings."""
    rows = ((next((name for name in (*row[0], *row[1]) if _names(text, name)), ""), row[0]) for row in _spellings())
    return tuple((name, englishes) for name, englishes in rows if name)


def _known_missing(source: str, english: str) -> list[str]:
    small = english.lower()
    return [name for name, englishes in _rows_in(source) if not any(one.lower() in small for one in englishes)]


def _names(text: str, name: str) -> bool:
    if name not in text:
        return False
    if len(name) > 4 or any(ord(letter) > _FIRST_OF_EAST_ASIA for letter in name):
        return True
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _known_words(source: str) -> frozenset[str]:
    return frozenset(folded(word) for _, englishes in _rows_in(source) for name in englishes for word in name.split())


def _places_missing(source: str, english: str, language: str) -> list[str]:
    small = _plain(english)
    words = {folded(word) for word in _pieces(_WORD.findall(english))}
    return [
        name
        for name, englishes in _places_in(source, language)
        if not any(_plain(one) in small for one in englishes) and not (folded(name) and _found(name, words))
    ]


@cache
def _plain(text: str) -> str:
    """Small letters without accents."""
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def _place_words(source: str, language: str) -> frozenset[str]:
    return frozenset(
        folded(word) for _, englishes in _places_in(source, language) for name in englishes for word in name.split()
    )


def _place_of(word: str, language: str) -> tuple[str, ...]:
    """What English may have for a word, where it is a place of the list."""
    places = _places(language)
    return next((places[form] for form in _forms(word.lower(), language) if form in places), ())


def _places_in(source: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
    places = _places(language)
    if not places:
        return []
    if language in _UNSPACED:
        longest_first = sorted((name for name in places if name in source), key=len, reverse=True)
        rest, met = source, []
        for name in longest_first:
            if name in rest:
                met.append((name, places[name]))
                rest = rest.replace(name, " ")
        return met
    found = []
    for word in _pieces(_WORD.findall(source)):
        if language not in _UNCASED and not word[0].isupper():
            continue
        if englishes := _place_of(word, language):
            found.append((word, englishes))
    return found


def _forms(word: str, language: str) -> list[str]:
    """A word as it stands, without the letters that Arabic and Hebrew write before it, and as a stem."""
    forms = [word, *re.split("['’]", word)[:1]]
    if language in _ABJADS:
        forms += [word[cut:] for cut in (1, 2, 3) if len(word) - cut > 2 and word[:cut] in _PREFIXES]
    return [*forms, *(_stem(form, language) for form in forms)]


_PREFIXES = frozenset(
    ("و", "ب", "ل", "ال", "وال", "بال", "لل", "ول", "وب", "ف", "ה", "ו", "ב", "ל", "מ", "ש", "וב", "ול", "שב")
)
_INFLECTED = frozenset(
    (
        "ru",
        "uk",
        "be",
        "bg",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "sr",
        "bs",
        "mk",
        "lt",
        "lv",
        "et",
        "fi",
        "hu",
        "tr",
        "el",
        "ro",
    )
)


def _stem(word: str, language: str) -> str:
    """Enough of the beginning of a word to know a place again in any case of its language, marked as a stem."""
    if language not in _INFLECTED or len(word) < 5:
        return word
    return word[: max(4, min(len(word) - 2, 6))] + "*"


@cache
def _places(language: str) -> Mapping[str, tuple[str, ...]]:
    """One-word names of states and cities in a language, in small letters, with what English may have for them."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    countries = data.load("countries.toml")
    for code, name in locale.territories.items():
        if code in countries and _usable(name, language):
            _enter(found, name.lower(), _englishes(countries[code]), language)
    cities = Locale.parse("en").time_zones
    for zone, entry in locale.time_zones.items():
        english = str(cities.get(zone, {}).get("city", "")) or zone.rpartition("/")[2].replace("_", " ")
        known = zone.startswith(("Europe", "Asia", "Africa", "America"))
        name = str(entry.get("city", "") or english) if known else ""
        if name and _usable(name, language):
            _enter(found, name.lower(), (english.lower(),), language)
    return found


def _enter(found: dict[str, tuple[str, ...]], name: str, englishes: tuple[str, ...], language: str) -> None:
    name = name.removeprefix("ال")
    found.setdefault(name, englishes)
    if (stem := _stem(name, language)) != name:
        found[stem] = found.get(stem, ()) + englishes


def _usable(name: str, language: str) -> bool:
    """Short names mean too much else, those of several words are found by their spelling."""
    return " " not in name and (
        len(name) >= 2 if language in _UNSPACED else len(name) >= (3 if language in _ABJADS else _SHORT)
    )


def _englishes(country: Mapping[str, Any]) -> tuple[str, ...]:
    names = (country["name"], *country.get("also", ()), *country.get("adjective", ()), *country.get("capital", ()))
    return tuple(str(name).lower() for name in names)


def _added_to_uncased(source: str, english: str, language: str) -> list[str]:
    """Names of states and cities in the English that the source does not name; and, for abjads, other names."""
    known = _known_words(source) | _place_words(source, language)
    words = {folded(word) for word in _WORD.findall(source)} if language in _ABJADS else set()
    added = []
    for span in _spans(english, "en"):
        for word in span:
            if _is_english(word) or folded(word) in known:
                continue
            if word.lower() in _english_places() or (
                words and not any(_bones_alike(folded(word), one) for one in words)
            ):
                added.append(word)
    return added if language not in _UNSPACED or _places(language) else []


def _bones_alike(one: str, other: str) -> bool:
    bones, others = _bones(one), _bones(other)
    return bool(bones) and (bones in others or SequenceMatcher(None, bones, others).ratio() >= 0.6)


@cache
def _english_places() -> frozenset[str]:
    return frozenset(name for name in _places("en") if not name.endswith("*"))


# --- spelling ------------------------------------------------------------------------------------------------------


@cache
def _sounds(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return re.sub(r"(.)\1", r"\1", word)


@cache
def _bones(word: str) -> str:
    """The consonants of a word by sound."""
    return _VOWELS.sub("", _sounds(word).replace("h", ""))


@cache
def _letters() -> Mapping[str, str]:
    table = data.load("names.toml")["letters"]
    return {pair[0]: pair[2:] for alphabet in table.values() for pair in alphabet.split()}


@cache
def _spellings() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    rows = (row.partition("|") for row in data.load("names.toml")["spellings"])
    return tuple(
        (tuple(name.strip() for name in left.split("/")), tuple(name.strip() for name in right.split("/")))
        for left, _, right in rows
    )


@cache
def _common() -> tuple[frozenset[str], tuple[str, ...]]:
    words = data.load("names.toml")["common"].split()
    return frozenset(word for word in words if "*" not in word), tuple(word[:-1] for word in words if "*" in word)


@cache
def _english() -> frozenset[str]:
    adjectives = {
        adjective.lower()
        for country in data.load("countries.toml").values()
        for adjective in country.get("adjective", ())
    }
    return frozenset(data.load("names.toml")["english"].split()) | adjectives | {f"{one}s" for one in adjectives}
