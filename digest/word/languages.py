"""What Word must be told of a language: its name for the reader, its tag, its direction, and fonts with its letters.

Names and directions are those of the Unicode CLDR 46 (English locale data and `layout/orientation`); the tags are the
default regions of Word's proofing languages (Microsoft, "[MS-LCID]"). Fonts are those that Windows and the Mac bring
or that Word replaces by one with the same letters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from digest.model import UNDETERMINED


class Script(Enum):
    """Which of Word's font slots the letters of a language need."""

    WESTERN = "western"
    EAST_ASIAN = "eastAsia"
    COMPLEX = "cs"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """`name` is the English name, `tag` the tag that Word knows, `font` "" where any font has the letters."""

    name: str
    tag: str
    script: Script = Script.WESTERN
    font: str = ""


_ARABIC = "Times New Roman"
_HEBREW = "Times New Roman"
_INDIC = "Nirmala UI"
_SOUTH_EAST = "Leelawadee UI"

_W, _EA, _CS, _RTL = Script.WESTERN, Script.EAST_ASIAN, Script.COMPLEX, Script.RIGHT_TO_LEFT

_FACTS: dict[str, LanguageFacts] = {
    "af": LanguageFacts("Afrikaans", "af-ZA"),
    "am": LanguageFacts("Amharic", "am-ET", _W, "Ebrima"),
    "ar": LanguageFacts("Arabic", "ar-SA", _RTL, _ARABIC),
    "az": LanguageFacts("Azerbaijani", "az-Latn-AZ"),
    "be": LanguageFacts("Belarusian", "be-BY"),
    "bg": LanguageFacts("Bulgarian", "bg-BG"),
    "bn": LanguageFacts("Bangla", "bn-IN", _CS, _INDIC),
    "bs": LanguageFacts("Bosnian", "bs-Latn-BA"),
    "ca": LanguageFacts("Catalan", "ca-ES"),
    "ckb": LanguageFacts("Central Kurdish", "ku-Arab-IQ", _RTL, _ARABIC),
    "cs": LanguageFacts("Czech", "cs-CZ"),
    "cy": LanguageFacts("Welsh", "cy-GB"),
    "da": LanguageFacts("Danish", "da-DK"),
    "de": LanguageFacts("German", "de-DE"),
    "el": LanguageFacts("Greek", "el-GR"),
    "en": LanguageFacts("English", "en-GB"),
    "es": LanguageFacts("Spanish", "es-ES"),
    "et": LanguageFacts("Estonian", "et-EE"),
    "eu": LanguageFacts("Basque", "eu-ES"),
    "fa": LanguageFacts("Persian", "fa-IR", _RTL, _ARABIC),
    "fi": LanguageFacts("Finnish", "fi-FI"),
    "fil": LanguageFacts("Filipino", "fil-PH"),
    "fr": LanguageFacts("French", "fr-FR"),
    "ga": LanguageFacts("Irish", "ga-IE"),
    "gl": LanguageFacts("Galician", "gl-ES"),
    "gu": LanguageFacts("Gujarati", "gu-IN", _CS, _INDIC),
    "he": LanguageFacts("Hebrew", "he-IL", _RTL, _HEBREW),
    "hi": LanguageFacts("Hindi", "hi-IN", _CS, _INDIC),
    "hr": LanguageFacts("Croatian", "hr-HR"),
    "hu": LanguageFacts("Hungarian", "hu-HU"),
    "hy": LanguageFacts("Armenian", "hy-AM", _W, "Sylfaen"),
    "id": LanguageFacts("Indonesian", "id-ID"),
    "is": LanguageFacts("Icelandic", "is-IS"),
    "it": LanguageFacts("Italian", "it-IT"),
    "ja": LanguageFacts("Japanese", "ja-JP", _EA, "Yu Gothic"),
    "ka": LanguageFacts("Georgian", "ka-GE", _W, "Sylfaen"),
    "kk": LanguageFacts("Kazakh", "kk-KZ"),
    "km": LanguageFacts("Khmer", "km-KH", _CS, _SOUTH_EAST),
    "kn": LanguageFacts("Kannada", "kn-IN", _CS, _INDIC),
    "ko": LanguageFacts("Korean", "ko-KR", _EA, "Malgun Gothic"),
    "ku": LanguageFacts("Kurdish", "ku-TR"),
    "ky": LanguageFacts("Kyrgyz", "ky-KG"),
    "lo": LanguageFacts("Lao", "lo-LA", _CS, _SOUTH_EAST),
    "lt": LanguageFacts("Lithuanian", "lt-LT"),
    "lv": LanguageFacts("Latvian", "lv-LV"),
    "mk": LanguageFacts("Macedonian", "mk-MK"),
    "ml": LanguageFacts("Malayalam", "ml-IN", _CS, _INDIC),
    "mn": LanguageFacts("Mongolian", "mn-MN"),
    "mr": LanguageFacts("Marathi", "mr-IN", _CS, _INDIC),
    "ms": LanguageFacts("Malay", "ms-MY"),
    "mt": LanguageFacts("Maltese", "mt-MT"),
    "my": LanguageFacts("Burmese", "my-MM", _CS, "Myanmar Text"),
    "nb": LanguageFacts("Norwegian Bokmål", "nb-NO"),
    "ne": LanguageFacts("Nepali", "ne-NP", _CS, _INDIC),
    "nl": LanguageFacts("Dutch", "nl-NL"),
    "nn": LanguageFacts("Norwegian Nynorsk", "nn-NO"),
    "no": LanguageFacts("Norwegian", "nb-NO"),
    "pa": LanguageFacts("Punjabi", "pa-IN", _CS, _INDIC),
    "pl": LanguageFacts("Polish", "pl-PL"),
    "ps": LanguageFacts("Pashto", "ps-AF", _RTL, _ARABIC),
    "pt": LanguageFacts("Portuguese", "pt-PT"),
    "ro": LanguageFacts("Romanian", "ro-RO"),
    "ru": LanguageFacts("Russian", "ru-RU"),
    "si": LanguageFacts("Sinhala", "si-LK", _CS, _INDIC),
    "sk": LanguageFacts("Slovak", "sk-SK"),
    "sl": LanguageFacts("Slovenian", "sl-SI"),
    "so": LanguageFacts("Somali", "so-SO"),
    "sq": LanguageFacts("Albanian", "sq-AL"),
    "sr": LanguageFacts("Serbian", "sr-Cyrl-RS"),
    "sv": LanguageFacts("Swedish", "sv-SE"),
    "sw": LanguageFacts("Swahili", "sw-KE"),
    "ta": LanguageFacts("Tamil", "ta-IN", _CS, _INDIC),
    "te": LanguageFacts("Telugu", "te-IN", _CS, _INDIC),
    "tg": LanguageFacts("Tajik", "tg-Cyrl-TJ"),
    "th": LanguageFacts("Thai", "th-TH", _CS, _SOUTH_EAST),
    "ti": LanguageFacts("Tigrinya", "ti-ER", _W, "Ebrima"),
    "tk": LanguageFacts("Turkmen", "tk-TM"),
    "tl": LanguageFacts("Tagalog", "fil-PH"),
    "tr": LanguageFacts("Turkish", "tr-TR"),
    "uk": LanguageFacts("Ukrainian", "uk-UA"),
    "ur": LanguageFacts("Urdu", "ur-PK", _RTL, _ARABIC),
    "uz": LanguageFacts("Uzbek", "uz-Latn-UZ"),
    "vi": LanguageFacts("Vietnamese", "vi-VN"),
    "yi": LanguageFacts("Yiddish", "yi-001", _RTL, _HEBREW),
    "zh": LanguageFacts("Chinese", "zh-CN", _EA, "Microsoft YaHei"),
}
_TRADITIONAL = LanguageFacts("Chinese (traditional)", "zh-TW", _EA, "Microsoft JhengHei")
_UNKNOWN = LanguageFacts("undetermined language", "x-none")

_CLOSERS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
_STRONG = {"L": False, "R": True, "AL": True}


def primary(code: str) -> str:
    """The language alone of a BCP 47 code, in small letters: "pt" for "pt-BR"."""
    return code.replace("_", "-").split("-")[0].lower()


def facts(code: str) -> LanguageFacts:
    """What is known of the language of a BCP 47 code; an unknown code is its own name and tag.

    A region in the code is kept in the tag ("pt-BR"), where the language is one of the table.
    """
    parts = code.replace("_", "-").split("-")
    base = parts[0].lower()
    if base == "zh" and {"hant", "tw", "hk", "mo"} & {part.lower() for part in parts[1:]}:
        return _TRADITIONAL
    known = _FACTS.get(base)
    if known is None:
        plain = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
        return LanguageFacts(code, code) if plain and base not in ("", UNDETERMINED) else _UNKNOWN
    if base == "sr" and parts[1:2] == ["Latn"]:
        return LanguageFacts(known.name, "sr-Latn-RS")
    if len(parts) == 2 and len(parts[1]) == 2 and parts[1].isascii() and parts[1].isalpha():
        return LanguageFacts(known.name, f"{base}-{parts[1].upper()}", known.script, known.font)
    return known


def reads_right_to_left(text: str) -> bool:
    """Whether more letters of `text` run from right to left than from left to right (False without letters)."""
    if text.isascii():
        return False
    balance = 0
    for letter in text[:4000]:
        strong = _STRONG.get(unicodedata.bidirectional(letter))
        if strong is not None:
            balance += 1 if strong else -1
    return balance > 0


def unclosed(text: str) -> str:
    """The characters that end every direction which control characters in `text` began and did not end (UAX #9).

    Without them an override in a document's title would turn round the date and the source mark behind it.
    """
    waiting: list[str] = []
    for letter in text:
        closer = _CLOSERS.get(letter)
        if closer:
            waiting.append(closer)
        elif waiting and letter == waiting[-1]:
            waiting.pop()
    return "".join(reversed(waiting))


def directions(text: str, base: bool = False) -> list[tuple[str, bool]]:
    """Cut `text` into stretches of one direction: (stretch, right to left?). Joined they are `text` again.

    `base` is the direction of the paragraph (True for right to left). Spaces and signs run with it, but for those
    within a stretch that runs the other way; numbers go with the letters before them (Unicode's bidirectional
    algorithm, UAX #9).
    """
    if text.isascii() and not base:
        return [(text, False)] if text else []
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    strong = [_STRONG.get(kind) for kind in kinds]
    cuts: list[tuple[str, bool]] = []
    start = position = 0
    while position < len(text):
        if strong[position] is not (not base):
            position += 1
            continue
        last = _end_of_stretch(kinds, position, base)
        if position > start:
            cuts.append((text[start:position], base))
        cuts.append((text[position:last], not base))
        start = position = last
    if start < len(text):
        cuts.append((text[start:], base))
    return cuts


def _end_of_stretch(kinds: list[str], position: int, base: bool) -> int:
    """Just behind the last letter or number that runs against `base`, before the next letter that runs with it."""
    end = last = position
    while end < len(kinds) and _STRONG.get(kinds[end]) is not base:
        if kinds[end] in ("L", "R", "AL", "EN", "AN"):
            last = end
        end += 1
    return last + 1
