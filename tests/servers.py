"""Small servers on this machine: one that serves files as a hub does, and some that misbehave."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from digest import engines
from digest.weights import places

COMMIT = "c0ffee" + "0" * 34


@dataclass
class Served:
    """What a server holds, and what it was asked: the path and the range of each request."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    ranges: bool = True
    breaks_after: int | None = None
    """Bytes after which the connection breaks off, once."""
    redirects: dict[str, str] = field(default_factory=dict)

    def add_repository(self, repository: str, files: dict[str, bytes], revision: str = "main") -> None:
        """A repository of the hub: its listing and its files, the weights with a SHA-256, the rest with git's hash."""
        siblings: list[dict[str, Any]] = []
        for name, content in files.items():
            row: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": blob(content)}
            if name.endswith((".safetensors", ".bin", ".spm")):
                row["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            siblings.append(row)
            self.files[f"/{repository}/resolve/{COMMIT}/{name}"] = content
        listing = {"sha": COMMIT, "siblings": siblings, "tags": ["translation", "license:apache-2.0"]}
        self.files[f"/api/models/{repository}/revision/{revision}"] = json.dumps(listing).encode()


def blob(content: bytes) -> str:
    """Git's name of a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324


@contextmanager
def serving() -> Iterator[Served]:
    """A server of files that can go on where an attempt broke off."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            asked = self.headers.get("Range", "")
            served.asked.append((path, asked))
            if path in served.redirects:
                self.send_response(302)
                self.send_header("Location", served.redirects[path])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            content = served.files.get(path)
            if content is None:
                self.send_error(404)
                return
            start = int(asked[6:-1]) if asked and served.ranges else 0
            if start >= len(content) > 0:
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            part = content[start:]
            if served.breaks_after is not None and len(part) > served.breaks_after:
                part, served.breaks_after = part[: served.breaks_after], None
                self.close_connection = True
            self.wfile.write(part)
            if self.close_connection:
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


# The frame of zstd around raw blocks: a magic number, a header with the size, one raw block after another.
_MAGIC = (0xFD2FB528).to_bytes(4, "little")


def zstd(content: bytes) -> bytes:
    """`content` as a file of zstd that packs nothing (RFC 8878: raw blocks)."""
    frame = _MAGIC + bytes([0xA0]) + len(content).to_bytes(4, "little")
    pieces = [content[at : at + 100_000] for at in range(0, len(content), 100_000)] or [b""]
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        frame += ((len(piece) << 3) | int(last)).to_bytes(3, "little") + piece
    return frame


def record(name: str, kind: str, content: bytes, version: str = "2.0", **changes: object) -> dict[str, object]:
    packed = zstd(content)
    return {
        "name": name,
        "fileType": kind,
        "sourceLanguage": "et",
        "targetLanguage": "en",
        "version": version,
        "decompressedHash": hashlib.sha256(content).hexdigest(),
        "attachment": {
            "location": f"main/{name}-{version}.zst",
            "size": len(packed),
            "hash": hashlib.sha256(packed).hexdigest(),
        },
    } | changes


def serve_records(served: Served, *rows: tuple[dict[str, object], bytes]) -> None:
    served.files["/records"] = json.dumps({"data": [row for row, _ in rows]}).encode()
    for row, content in rows:
        attachment = row["attachment"]
        assert isinstance(attachment, dict)
        served.files[f"/files/{attachment['location']}"] = zstd(content)


def portuguese_files() -> tuple[bytes, bytes]:
    """A real model, from the package that brings it."""
    place = engines.place_of("firefox", "pten", None)
    assert place is not None
    weights, vocabulary, _ = places.firefox_files(place) or (place, place, place)
    return weights.read_bytes(), vocabulary.read_bytes()


@contextmanager
def hanging(head: bytes = b"", drip: bytes = b"") -> Iterator[str]:
    """A server that accepts, says `head` and nothing more, or `drip` again and again, a byte at a time."""
    listener = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection: socket.socket) -> None:
        with connection:
            try:
                connection.sendall(head)
                while not done.is_set():
                    if drip:
                        connection.sendall(drip)
                    time.sleep(0.05)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        done.set()
        listener.close()
