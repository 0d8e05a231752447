"""The brief from its JSON, with the place of whatever is wrong in it."""

from __future__ import annotations

from digest.briefjson import schema, values
from digest.checkedjson import At, parsed
from digest.model import (
    Brief,
    Cell,
    Change,
    ChangeKind,
    Dating,
    EngineSignature,
    Entry,
    HolderKind,
    HolderSection,
    KeyPoint,
    Language,
    Point,
    Position,
    Quote,
    Sentence,
    Source,
    TimePoint,
    Translation,
)


def from_json(data: bytes) -> Brief:
    """The brief that `to_json` wrote, or what a person has made of it since.

    Raises UsageError that names the first wrong place, such as `positions[3].stance.label`: a key that is missing or
    unknown, a value of another kind, a mark, document or position that the file does not list.
    """
    root = parsed(data)
    if root.get("schema").value != schema.SCHEMA:
        raise root.get("schema").wrong(f"this program reads schema {schema.SCHEMA}.")
    return _Reader(root).brief()


class _Reader:
    """Reads one file. What later parts refer to (engines, documents, positions) is read before them."""

    def __init__(self, root: At) -> None:
        self._root = root.only(*schema.BRIEF)
        self._engines = [values.engine(at) for key in ("engines", "other_engines") for at in root.get(key).items()]
        documents = list(root.get("documents").items())
        self._documents = _distinct(documents, "id")
        self._marks = _distinct(documents, "mark")
        self._topics = _distinct(list(root.get("topics").items()), "id")
        self._positions = _distinct(list(root.get("positions").items()), "id")

    def brief(self) -> Brief:
        """The whole brief."""
        root = self._root
        period = root.get("period").only("start", "end")
        return Brief(
            title=root.get("title").text(),
            issued=root.get("issued").day(),
            issue=root.get("issue").whole(1),
            previous=root.get("previous").maybe(At.day),
            period=(period.get("start").maybe(At.day), period.get("end").maybe(At.day)),
            classification=root.get("classification").text(),
            author=root.get("author").text(),
            template=root.get("template").text(),
            language=root.get("language").text(),
            topics=tuple(values.topic(at) for at in root.get("topics").items()),
            engines=tuple(self._engines[: len(root.get("engines").value)]),
            key_points=tuple(self._key_point(at) for at in root.get("key_points").items()),
            changes=tuple(self._change(at) for at in root.get("changes").items()),
            holders=tuple(self._holder(at) for at in root.get("holders").items()),
            sources=tuple(self._source(at) for at in root.get("documents").items()),
            missing=root.get("missing").texts(),
            notices=tuple(values.notice(at) for at in root.get("notices").items()),
            silent=tuple(values.silence(at) for at in root.optional("silent").members()),
        )

    # --- what refers to something

    def _marks_of(self, at: At) -> tuple[str, ...]:
        return tuple(_known(item, self._marks, "source") for item in at.get("marks").items())

    def _document(self, at: At) -> str:
        return _known(at.get("document"), self._documents, "document")

    def _topic(self, at: At) -> str:
        return _known(at.get("topic"), self._topics, "topic")

    def _made_by(self, at: At) -> EngineSignature:
        number = at.whole()
        if number >= len(self._engines):
            raise at.wrong(f"there are only {len(self._engines)} engines, counted from 0.")
        return self._engines[number]

    # --- the parts of a brief

    def _sentence(self, at: At, document: str, text: str) -> Sentence:
        english = at.get("evidence_translation").maybe(At.text)
        translation = None
        if english is not None:
            engine = self._made_by(at.get("translator"))
            translation = Translation(english, engine, at.get("doubts").texts())
        return Sentence(
            document=document,
            start=at.get("start").whole(),
            end=at.get("end").whole(),
            text=text,
            language=at.get("language").text(),
            paragraph=at.get("paragraph").whole(),
            translation=translation,
        )

    def _key_point(self, at: At) -> KeyPoint:
        at.only("text", "marks", "document", "start", "end", "evidence", *schema.TOLD)
        evidence = self._sentence(at, self._document(at), at.get("evidence").text())
        return KeyPoint(at.get("text").text(), self._marks_of(at), evidence)

    def _change(self, at: At) -> Change:
        at.only("holder", "holder_name", "topic", "was", "now", "because", "kind", "day", "voice", "before")
        was = at.get("was").maybe(values.label)
        return Change(
            holder=at.get("holder").text(),
            holder_name=at.get("holder_name").text(),
            topic=self._topic(at),
            was=was,
            now=values.label(at.get("now")),
            because=_known(at.get("because"), self._positions, "position"),
            kind=at.optional("kind").maybe(values.kind) or (ChangeKind.MOVED if was else ChangeKind.NEW),
            day=at.optional("day").maybe(At.partial),
            voice=at.optional("voice").maybe(At.text),
            before=at.optional("before").maybe(values.earlier),
        )

    def _source(self, at: At) -> Source:
        at.only(*schema.SOURCE)
        identifier = at.get("id").text()
        dating = Dating(
            at.get("published").maybe(At.day), at.get("dated_by").text(), at.get("not_before").maybe(At.day)
        )
        return Source(
            id=identifier,
            mark=at.get("mark").text(),
            path=at.get("path").text(),
            title=at.get("title").text(),
            publisher=at.get("publisher").maybe(At.text),
            dating=dating,
            url=at.get("url").maybe(At.text),
            language=Language(at.get("language").text(), at.get("language_confidence").number()),
            translated_by=at.get("translated_by").maybe(At.text),
            untranslated=at.get("untranslated").flag(),
            words=at.get("words").whole(),
            summary=tuple(self._point(item, identifier) for item in at.get("summary").items()),
            also_at=at.get("also_at").texts(),
            outlets=tuple(values.outlet(item) for item in at.optional("outlets").members()),
        )

    def _point(self, at: At, document: str) -> Point:
        at.only("text", "engine", "made_by", "support", "evidence")
        engine = self._made_by(at.get("made_by"))
        if at.get("engine").text() != engine.name:
            raise at.get("engine").wrong(f'"made_by" says "{engine.name}". Change both or none.')
        evidence = tuple(
            self._sentence(item.only("start", "end", "text", *schema.TOLD), document, item.get("text").text())
            for item in at.get("evidence").items()
        )
        if not evidence:
            raise at.get("evidence").wrong("a sentence of a summary needs the sentence that it comes from.")
        return Point(at.get("text").text(), engine, evidence, at.get("support").number())

    def _position(self, at: At) -> Position:
        at.only(*schema.POSITION)
        stance = at.get("stance").maybe(values.stance)
        topic = at.get("topic").maybe(lambda given: _known(given, self._topics, "topic"))
        if (stance is None) is not (topic is None):
            raise at.wrong('"stance" and "topic" go together: give both, or set both to null.')
        return Position(
            id=at.get("id").text(),
            holder=at.get("holder").text(),
            holder_name=at.get("holder_name").text(),
            actor=at.get("actor").maybe(values.actor),
            statement=at.get("statement").text(),
            quote=at.get("quote").choice(Quote),
            stance=stance,
            topic=topic,
            said_on=at.get("said_on").maybe(At.partial),
            sentence=self._sentence(at, self._document(at), at.get("evidence").text()),
            resolved_by=at.get("resolved_by").text(),
            same_as=at.get("same_as").texts(),
            past=at.optional("past").maybe(values.past),
            **values.decision(at),
        )

    def _holder(self, at: At) -> HolderSection:
        at.only(*schema.HOLDER)
        cells = tuple(self._cell(item) for item in at.get("cells").items())
        stances = {cell.topic: cell.label.value for cell in cells if cell.label}
        if at.get("stance").value != stances:
            raise at.get("stance").wrong('"cells" of the same holder says otherwise. Change both or none.')
        listed = [_known(item, self._positions, "position") for item in at.get("positions").items()]
        differing = tuple(tuple(self._entry(item) for item in group.items()) for group in at.get("differing").items())
        apart = [entry.position.id for group in differing for entry in group]
        if listed[: len(apart)] != apart:
            raise at.get("differing").wrong('its members must stand first in "positions", in the same order.')
        rest = list(at.get("positions").items())[len(apart) :]
        return HolderSection(
            holder=at.get("holder").text(),
            name=at.get("name").text(),
            kind=at.get("kind").choice(HolderKind),
            headline=at.get("headline").text(),
            cells=cells,
            entries=tuple(self._entry(item) for item in rest),
            differing=differing,
            changed=at.get("changed").flag(),
            timeline=tuple(self._time_point(item) for item in at.optional("timeline").members()),
        )

    def _time_point(self, at: At) -> TimePoint:
        at.only("day", "topic", "label", "issue", "marks")
        topic, label = self._topic(at), values.label(at.get("label"))
        return TimePoint(at.get("day").partial(), topic, label, at.get("issue").whole(1), self._marks_of(at))

    def _entry(self, at: At) -> Entry:
        position = self._positions[_known(at, self._positions, "position")]
        return Entry(self._position(position), self._marks_of(position))

    def _cell(self, at: At) -> Cell:
        at.only("topic", "label", "differs", "latest", "documents", "marks", "voice")
        return Cell(
            topic=self._topic(at),
            label=at.get("label").maybe(values.label),
            differs=at.get("differs").flag(),
            latest=at.get("latest").maybe(At.partial),
            documents=at.get("documents").whole(),
            marks=self._marks_of(at),
            voice=at.get("voice").maybe(At.text),
        )


def _distinct(items: list[At], key: str) -> dict[str, At]:
    """The items by the text under `key`, which no two of them may share."""
    found: dict[str, At] = {}
    for item in items:
        name = item.get(key)
        if name.text() in found:
            raise name.wrong(f'"{name.text()}" is taken by {found[name.text()].path}.')
        found[name.text()] = item
    return found


def _known(at: At, known: dict[str, At], what: str) -> str:
    name = at.text()
    if name not in known:
        raise at.wrong(f'there is no {what} "{name}" in this file.')
    return name
