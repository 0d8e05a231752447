"""What a web page says of itself in its head: title, publisher, author, address, date.

Read are the meta tags of Open Graph, Dublin Core, schema.org, Highwire and the common publishing systems, JSON-LD, and
the marks of time on the page, in this order of trust.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from digest.readers.raw import Properties

_PUBLISHED = [
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created",
    "citation_publication_date", "citation_date", "citation_online_date", "parsely-pub-date", "sailthru.date",
    "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate",
    "article.published", "article_date_original", "cxenseparse:recs:publishtime", "date", "release_date",
    "dc.created",
]  # fmt: skip
_CHANGED = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
]
_PUBLISHERS = [
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
]
_TITLES = ["og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title", "title", "headline"]
_AUTHORS = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
]
_SUFFIX = re.compile(r"\s+[|–—·»•:-]\s+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LARGEST_SCRIPT = 200_000
_MOST_OBJECTS = 2_000


def facts_of(root: Any) -> Properties:
    """The properties of a page; dates are as written, the most trustworthy first."""
    metas = _metas(root)
    article = _article(root)
    title, site = _title(root, metas, article)
    publisher = _first(metas, _PUBLISHERS) or _name(article.get("publisher")) or site
    dates = [(value, "meta tag") for key in _PUBLISHED if (value := metas.get(key))]
    if isinstance(article.get("datePublished"), str):
        dates.append((article["datePublished"], "structured data of the page"))
    dates += [(value, "time mark on the page") for value in _times(root)]
    changed = _first(metas, _CHANGED)
    if changed is None and isinstance(article.get("dateModified"), str):
        changed = article["dateModified"]
    return Properties(
        title=title,
        publisher=publisher,
        author=_person(_first(metas, _AUTHORS)) or _name(article.get("author")),
        url=_address(root, metas),
        written=dates[0][0] if dates else None,
        written_by=dates[0][1] if dates else "meta tag",
        saved=changed,
        saved_by="meta tag of the last change",
        more_dates=tuple(dates[1:6]),
        language=_language(root),
    )


def _language(root: Any) -> str | None:
    """The language that the page or its article declares, where it has the form of a code."""
    for element in root.iter("html", "body", "article"):
        for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
            value = (element.get(name) or "").strip()
            if _LANGUAGE.fullmatch(value):
                return value
    return None


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold().strip()
        value = " ".join((meta.get("content") or "").split())[:500]
        if key and value:
            found.setdefault(key, value)
    return found


def _first(metas: dict[str, str], keys: list[str]) -> str | None:
    return next((metas[key] for key in keys if metas.get(key)), None)


def _person(value: str | None) -> str | None:
    """An author given as the address of a page says nothing."""
    return None if value is None or value.startswith(("http:", "https:")) else value


def _title(root: Any, metas: dict[str, str], article: dict[str, Any]) -> tuple[str | None, str | None]:
    """The title without the site's name, and the site's name when the title tells it."""
    whole = next((" ".join(each.text_content().split())[:500] for each in root.iter("title")), "")
    headlines = [" ".join(each.text_content().split()) for each in root.iter("h1")]
    parts = _SUFFIX.split(whole)
    headline = article.get("headline")
    declared = _first(metas, _TITLES) or (" ".join(headline.split())[:500] if isinstance(headline, str) else None)
    for known in (*headlines, declared):
        if known and whole.startswith(known) and len(whole) > len(known):
            rest = _SUFFIX.split(whole[len(known) :])
            return known, (rest[-1].strip() if len(rest) > 1 and len(rest[-1].split()) <= 6 else None)
    if declared:
        declared = _without_site(declared, metas)
        return declared, (
            parts[-1] if len(parts) > 1 and parts[0] == declared and len(parts[-1].split()) <= 6 else None
        )
    single = headlines[0] if len(headlines) == 1 and headlines[0] else None
    return single or (parts[0] if len(parts) > 1 and len(parts[0].split()) >= 3 else whole) or None, None


def _without_site(title: str, metas: dict[str, str]) -> str:
    site = metas.get("og:site_name", "")
    parts = _SUFFIX.split(title)
    return title[: title.rindex(parts[-1])].rstrip(" |–—·»•:-") if len(parts) > 1 and parts[-1] == site else title


def _address(root: Any, metas: dict[str, str]) -> str | None:
    links = [link.get("href") for link in root.iter("link") if (link.get("rel") or "").casefold() == "canonical"]
    for value in (*links, metas.get("og:url")):
        if value and re.match(r"https?://[^\s/]+", value) and len(value) <= 2_000:
            return str(value).strip()
    return None


def _times(root: Any) -> Iterator[str]:
    """Marks of time outside of the page's frame, those that call themselves the publication's first."""
    later: list[str] = []
    for element in root.iter("time", "abbr", "span", "meta"):
        value = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        if not value or any(parent.tag in ("aside", "nav", "footer") for parent in element.iterancestors()):
            continue
        if (
            element.get("pubdate") is not None
            or "published" in f"{element.get('itemprop')} {element.get('class')}".casefold()
        ):
            yield value[:100]
        elif element.tag == "time" and "modified" not in str(element.get("itemprop")).casefold() and len(later) < 3:
            later.append(value[:100])
    yield from later[:1]


# --- JSON-LD ---------------------------------------------------------------------------------------------------------


def _article(root: Any) -> dict[str, Any]:
    """The first object of the page's JSON-LD that describes an article; {} where there is none."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > _LARGEST_SCRIPT:
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            if "datePublished" in item or "headline" in item:
                return item
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    waiting, count = [data], 0
    while waiting and count < _MOST_OBJECTS:
        item = waiting.pop(0)
        count += 1
        if isinstance(item, dict):
            yield item
            waiting += [value for value in item.values() if isinstance(value, dict | list)]
        elif isinstance(item, list):
            waiting += item


def _name(value: Any) -> str | None:
    """The name of a person or an organisation in JSON-LD."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split())[:200] or None if isinstance(value, str) else None
