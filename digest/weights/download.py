"""One file from an address, within bounds: the only module that speaks with a network.

A network may hang in many ways: a name that is never resolved, a port that swallows, a server that accepts and is
silent, one that sends a byte a second. A time limit on the socket covers only some of them, so the request runs in a
thread of its own and this one watches what arrives: nothing within PATIENCE, or less than a trickle, and the thread is
left behind.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from digest.errors import FetchError

PATIENCE = 8.0
"""Seconds to wait for the first byte, and for each TRICKLE after it."""

TRICKLE = 64 * 1024
"""Bytes that must arrive in each span of PATIENCE, unless the file ends."""

_PIECE = 64 * 1024
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_AGENT = "digest-brief"


class _OnlyTls(urllib.request.HTTPRedirectHandler):
    """Follows redirects to https alone; plain http is for this machine itself."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """The request for the new address. Raises URLError where it is neither https nor this machine."""
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise urllib.error.URLError(f"{url} is not an https address")


@dataclass(slots=True)
class Network:
    """The network as this run sees it: after one failure to get through it is not tried again.

    `patience` in seconds. `allowed` False: nothing is tried at all; `why` then says who forbade it.
    """

    allowed: bool = True
    why: str = ""
    patience: float = PATIENCE
    broken: str = field(default="", init=False)

    def check(self) -> None:
        """Raises FetchError where there is no point in trying."""
        if not self.allowed:
            raise FetchError(f"The network is not used ({self.why}).")
        if self.broken:
            raise FetchError(self.broken)

    def give_up(self, reason: str) -> FetchError:
        """Remember that the network is not there; the error to raise."""
        self.broken = reason
        return FetchError(reason)


def network_of(offline: bool) -> Network:
    """The network of a run: forbidden by --offline, or by the variables that the Hugging Face libraries know."""
    variable = offline_wanted()
    why = "--offline" if offline else f"{variable} is set" if variable else ""
    return Network(allowed=not why, why=why)


def offline_wanted() -> str | None:
    """The variable of the environment that forbids the network, or None."""
    for variable in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        if os.environ.get(variable, "").strip().upper() in ("1", "TRUE", "YES", "ON"):
            return variable
    return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to get: its address, at most how many bytes, and what it must hash to ("" = not known)."""

    url: str
    most: int
    sha256: str = ""
    sha1_of_blob: str = ""


def text(network: Network, url: str, most: int) -> str:
    """A small document. Raises FetchError."""
    pieces = b"".join(_stream(network, url, 0, most))
    try:
        return pieces.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FetchError(f"What {_host(url)} sent is not text.") from error


def file(network: Network, wanted: Wanted, target: Path, advance: Callable[[int], None]) -> str:
    """Get a file into `target`; the SHA-256 of what came. What a broken attempt has left in `target` is gone on with.

    `advance` is called with the number of bytes that are there more (or fewer, where it begins anew). Raises
    FetchError; the bytes stay where the network failed, and are removed where they are not what was wanted.
    """
    have = target.stat().st_size if target.exists() else 0
    if have > wanted.most:
        target.unlink()
        have = 0
    if have and (wanted.sha256 or wanted.sha1_of_blob) and _fits(target, wanted):
        advance(have)
        return _sha256(target)
    advance(have)
    with target.open("ab") as out:
        for piece in _stream(network, wanted.url, have, wanted.most, lambda: _begin_anew(out, have, advance)):
            out.write(piece)
            advance(len(piece))
    if not _fits(target, wanted):
        advance(-target.stat().st_size)
        target.unlink()
        if have:  # what lay there was of another file: once more from the start
            return file(network, wanted, target, advance)
        raise FetchError(f"{_host(wanted.url)} sent a file that is not the one wanted ({target.name}: wrong checksum).")
    return _sha256(target)


def _begin_anew(out: Any, have: int, advance: Callable[[int], None]) -> None:
    """The server sends the file from its start, so what is there goes."""
    advance(-have)
    out.seek(0)
    out.truncate()


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _fits(path: Path, wanted: Wanted) -> bool:
    if wanted.sha256 and _sha256(path) != wanted.sha256.lower():
        return False
    if wanted.sha1_of_blob:
        content = path.read_bytes()  # git's own name of a file's content; only small files have no SHA-256
        name = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
        return name == wanted.sha1_of_blob.lower()
    return True


# --- the thread that asks, and the one that watches ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Begun:
    """The answer has begun: whether it goes on from where the last attempt ended."""

    resumed: bool


def _stream(
    network: Network, url: str, start: int, most: int, anew: Callable[[], None] = lambda: None
) -> Iterator[bytes]:
    network.check()
    _check(url)
    # Bounded, so that a fast network does not fill the memory of a slow disk.
    arrived: queue.Queue[Any] = queue.Queue(maxsize=64)
    stop = threading.Event()
    threading.Thread(target=_ask, args=(url, start, network.patience, arrived, stop), daemon=True).start()
    total, window, deadline = start, 0, time.monotonic() + network.patience
    try:
        while True:
            try:
                item = arrived.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise network.give_up(f"{_host(url)} does not answer, or too slowly to wait for.") from None
            if item is None:
                return
            if isinstance(item, BaseException):
                raise _told(network, url, item)
            if isinstance(item, _Begun):
                if start and not item.resumed:
                    anew()
                    total = 0
                continue
            total, window = total + len(item), window + len(item)
            if total > most:
                raise FetchError(f"{_host(url)} sends more than the {most // 1_000_000} MB that were announced.")
            if window >= TRICKLE:
                window, deadline = 0, time.monotonic() + network.patience
            yield item
    finally:
        stop.set()


def _check(url: str) -> None:
    try:
        _check_address(url)
    except urllib.error.URLError as error:
        raise FetchError(str(error.reason)) from error


def _ask(url: str, start: int, patience: float, arrived: queue.Queue[Any], stop: threading.Event) -> None:
    """Runs in a thread that may be left behind: everything it has to say goes into the queue."""
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    try:
        opener = urllib.request.build_opener(_OnlyTls)
        with opener.open(urllib.request.Request(url, headers=headers), timeout=patience) as answer:  # noqa: S310
            _put(arrived, _Begun(answer.status == 206), stop)
            while not stop.is_set() and (piece := answer.read1(_PIECE)):
                _put(arrived, piece, stop)
            if answer.length:  # what http.client still expects
                raise ConnectionError("the connection broke off")
        _put(arrived, None, stop)
    except urllib.error.HTTPError as error:
        _put(arrived, None if start and error.code == 416 else error, stop)  # 416: nothing lies behind what is here
    except Exception as error:
        _put(arrived, error, stop)


def _put(arrived: queue.Queue[Any], item: Any, stop: threading.Event) -> None:
    while not stop.is_set():
        with contextlib.suppress(queue.Full):
            arrived.put(item, timeout=0.2)
            return


def _told(network: Network, url: str, error: BaseException) -> FetchError:
    """What went wrong, for a person. Whatever says that nobody is there ends all further attempts of this run."""
    if isinstance(error, urllib.error.HTTPError):
        if error.code == 404:
            return FetchError(f"{url} does not exist (any more).")
        return FetchError(f"{_host(url)} refuses ({error.code} {error.reason}).")
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return network.give_up(f"{_host(url)} cannot be reached ({reason}).")


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
