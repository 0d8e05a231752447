"""Numbers in digits and in words, of many languages, as values. The words are data: data/numbers.toml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from digest import data

_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[.,'’ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?)|"
    r"(?P<word>(?:[^\W\d_]|[\u0900-\u0dff])+(?:['’ʼ-][^\W\d_]+)*)"
)
_GAP = re.compile(r"[\s\u00a0\u202f-]*\.?[\s\u00a0\u202f]*")
_TENFOLD = -10.0
"""Indonesian: "dua puluh", two tens; "belas" adds ten."""

_SHORT = 3
"""Abbreviations of scales (m, bn, tys) count behind a number only."""

_CHINESE = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000, "兆": 1_000_000_000_000}
_CHINESE_RUN = re.compile(
    r"(?<![星期周週拜第])(?:\d[\d,.]*)?[零〇一二三四五六七八九十百千两兩万萬亿億兆]+(?=(?P<measure>[个個名人年月日天次家国國艘架辆项項岁歲%倍位条條種种票元枚座]?))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text, and the values that it may have (12.500 is 12500 or 12.5)."""

    text: str
    values: frozenset[float]


@dataclass(frozen=True, slots=True)
class _Words:
    """The number words of one language."""

    values: Mapping[str, float]
    scales: Mapping[str, float]
    joints: frozenset[str]
    not_after: frozenset[str]
    not_alone: frozenset[str]
    prefix: str
    parts: re.Pattern[str] | None


def known(language: str) -> bool:
    """Whether the number words of a language are known."""
    return (language in _table() and language != "english") or language in ("zh", "ja")


def plain_digits(text: str) -> str:
    """The text with the digits of any script as 0 to 9 (Arabic-Indic, Devanagari, full-width)."""
    if text.isascii():
        return text
    plain = (str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
    return "".join(plain).replace("٫", ".").replace("٬", ",").replace("％", "%")


def numbers_in(text: str, language: str) -> Iterator[Number]:
    """Every number of a text whose digits are plain, in order."""
    if language in ("zh", "ja"):
        yield from _chinese(text)
        text = _CHINESE_RUN.sub(lambda found: " " * len(found[0]), text)
    words = _words(language)
    tokens = list(_TOKEN.finditer(text))
    index = 0
    while index < len(tokens):
        end, values = _run(text, tokens, index, words)
        if values:
            yield Number(text[tokens[index].start() : tokens[end - 1].end()], values)
        index = max(end, index + 1)


def meant_by(words: Iterator[str]) -> frozenset[float]:
    """Values that English words stand for without being number words: both, dozen, fortnight."""
    table = _table()["english"]
    return frozenset(float(value) for word in words for value in table.get(word, ()))


def ordinals() -> Mapping[str, int]:
    """English ordinals by word."""
    return {word: value for value, word in enumerate(_table()["en"]["ordinals"].split())}


def _run(text: str, tokens: list[re.Match[str]], start: int, words: _Words) -> tuple[int, frozenset[float]]:
    """The number that begins at a token: the index behind it, and its values; none where there is no number."""
    first = tokens[start]
    if first["digits"]:
        end, factor = start + 1, 1.0
        while end < len(tokens) and _close(text, tokens, end) and (scale := words.scales.get(tokens[end][0].lower())):
            factor *= scale
            end += 1
        return end, frozenset(round(value * factor, 6) for value in _readings(first["digits"]))
    if start and tokens[start - 1][0].lower() in words.not_after:
        return start + 1, frozenset()
    values: list[float] = []
    end = start
    while end < len(tokens):
        parts = _parts(tokens[end][0].lower(), words, first=end == start)
        joint = bool(values) and tokens[end][0].lower() in words.joints
        if (not parts and not joint) or (end > start and not _close(text, tokens, end)):
            break
        values += parts
        end += 1
    while end > start and tokens[end - 1][0].lower() in words.joints:
        end -= 1
    if not values or (end == start + 1 and tokens[start][0].lower() in words.not_alone):
        return max(end, start + 1), frozenset()
    return end, frozenset((_value(values),))


def _parts(word: str, words: _Words, first: bool) -> list[float]:
    """The values that a word is made of: one, or those of a fused or hyphenated word; none where it is no number."""
    if words.prefix and word.startswith(words.prefix) and word not in words.values:
        word = word[len(words.prefix) :]
    if word in words.scales:
        return [] if first and len(word) <= _SHORT and word not in words.values else [words.scales[word]]
    if word in words.values:
        return [words.values[word]]
    if words.parts and words.parts.fullmatch(word):
        pieces = re.findall(_alternatives(words), word)
        return [words.values.get(piece, words.scales.get(piece, 0.0)) for piece in pieces if piece not in words.joints]
    return []


def _close(text: str, tokens: list[re.Match[str]], index: int) -> bool:
    return bool(_GAP.fullmatch(text[tokens[index - 1].end() : tokens[index].start()]))


def _value(parts: list[float]) -> float:
    """What "two hundred thousand five" comes to: a scale multiplies what stands before it."""
    whole, group, last = 0.0, 0.0, 0.0
    for part in parts:
        if part >= 1000 and not part % 1000:
            whole = (whole + group or 1) * part if whole < part else whole + (group or 1) * part
            group = last = 0.0
        elif part == 100:
            group = group * 100 if 0 < group < 100 else group + 100 if group else 100
        elif part == _TENFOLD:
            group += last * 9
        else:
            group += part
        last = part
    return whole + group


def _readings(digits: str) -> set[float]:
    """ "12.500" -> 12500 and 12.5; "2,5" -> 2.5; "1.234,5" -> 1234.5."""
    plain = re.sub(r"['’ \u00a0\u202f]", "", digits)
    marks = [one for one in plain if one in ".,"]
    found = set()
    if not marks:
        found.add(plain)
    elif len(set(marks)) == 2:
        found.add(plain.replace(marks[0], "").replace(marks[-1], "."))
    elif len(marks) > 1:
        found.add(plain.replace(marks[0], ""))
    else:
        found.add(plain.replace(marks[0], "."))
        if re.search(r"[.,]\d{3}$", plain):
            found.add(plain.replace(marks[0], ""))
    return {float(one) for one in found if re.fullmatch(r"\d+(?:\.\d+)?", one)}


def _chinese(text: str) -> Iterator[Number]:
    """Numbers with Chinese numerals: of two at least, or one with a measure word behind it."""
    plain = text.replace("百分之", "   ")
    for found in _CHINESE_RUN.finditer(plain):
        run = found[0]
        if (len(run) > 1 or (found["measure"] and run != "一")) and (value := _chinese_value(run)) is not None:
            yield Number(run, frozenset((value,)))


def _chinese_value(run: str) -> float | None:
    start = re.match(r"[\d,.]*", run)
    digits = start[0].replace(",", "").rstrip(".") if start else ""
    rest = run[len(start[0]) if start else 0 :]
    if not digits and all(one in _CHINESE for one in rest):  # 二〇二六: digit by digit
        return float("".join(str(_CHINESE[one]) for one in rest))
    whole, section, current = 0.0, 0.0, float(digits) if digits else 0.0
    for character in rest:
        if character in _CHINESE:
            current = float(_CHINESE[character])
        elif character in _CHINESE_UNITS:
            section += (current or 1) * _CHINESE_UNITS[character]
            current = 0.0
        else:
            whole = (whole + section + current or 1) * _CHINESE_SCALES[character]
            section = current = 0.0
    return round(whole + section + current, 6) if rest or digits else None


@cache
def _words(language: str) -> _Words:
    entry: Mapping[str, Any] = _table().get(language, {})
    values: dict[str, float] = {}
    lists = ((entry.get("words", ""), 0, 1), (entry.get("tens", ""), 30, 10), (entry.get("hundreds", ""), 100, 100))
    for words, start, step in lists:
        for index, spellings in enumerate(words.split()):
            values |= dict.fromkeys(spellings.split("/"), float(start + step * index))
    values.pop("-", None)
    values |= {word: float(value) for word, value in entry.get("more", {}).items()}
    scales = {word: float(value) for word, value in entry.get("scales", {}).items()}
    joints, after, alone = (frozenset(entry.get(key, "").split()) for key in ("joints", "not_after", "not_alone"))
    made = _Words(values, scales, joints, after, alone, str(entry.get("prefixes", "")), None)
    between = "-?" if entry.get("fused") else "-"
    parts = re.compile(rf"(?:{_alternatives(made)})(?:{between}(?:{_alternatives(made)}))+")
    return _Words(made.values, made.scales, made.joints, made.not_after, made.not_alone, made.prefix, parts)


def _alternatives(words: _Words) -> str:
    pieces = sorted({*words.values, *words.scales, *words.joints}, key=len, reverse=True)
    return "|".join(re.escape(piece) for piece in pieces if len(piece) > 1)


@cache
def _table() -> Mapping[str, Any]:
    return data.load("numbers.toml")
