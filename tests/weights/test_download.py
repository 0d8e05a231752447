from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Served, hanging, serving

from digest.errors import FetchError
from digest.weights.download import PATIENCE, Network, Wanted, file, text

CONTENT = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(CONTENT).hexdigest()
MOST = 10_000_000


@pytest.fixture
def served() -> Iterator[Served]:
    with serving() as server:
        server.files["/weights.bin"] = CONTENT
        yield server


def wanted(served: Served, sha256: str = SHA256, most: int = MOST) -> Wanted:
    return Wanted(f"{served.url}/weights.bin", most, sha256)


def quietly(count: int) -> None:
    """No progress is shown."""


# --- what comes ----------------------------------------------------------------------------------------------------


def test_a_file_comes_whole_with_its_hash_and_its_progress(served: Served, tmp_path: Path):
    counts: list[int] = []
    assert file(Network(), wanted(served), tmp_path / "w", counts.append) == SHA256
    assert (tmp_path / "w").read_bytes() == CONTENT
    assert sum(counts) == len(CONTENT)


def test_what_a_broken_attempt_has_left_is_gone_on_with(served: Served, tmp_path: Path):
    served.breaks_after = 100_000
    with pytest.raises(FetchError, match="cannot be reached"):
        file(Network(), wanted(served), tmp_path / "w", quietly)
    have = (tmp_path / "w").stat().st_size
    assert 0 < have <= 100_000
    counts: list[int] = []
    assert file(Network(), wanted(served), tmp_path / "w", counts.append) == SHA256
    assert served.asked[-1] == ("/weights.bin", f"bytes={have}-")
    assert sum(counts) == len(CONTENT)


def test_a_server_that_cannot_go_on_sends_the_file_from_its_start(served: Served, tmp_path: Path):
    served.ranges = False
    (tmp_path / "w").write_bytes(CONTENT[:1000])
    counts: list[int] = []
    assert file(Network(), wanted(served), tmp_path / "w", counts.append) == SHA256
    assert sum(counts) == len(CONTENT)


def test_the_remains_of_another_file_are_thrown_away_and_the_right_one_comes(served: Served, tmp_path: Path):
    for remains in (b"of another" * 50, CONTENT + b"and more"):
        (tmp_path / "w").write_bytes(remains)
        counts: list[int] = []
        assert file(Network(), wanted(served), tmp_path / "w", counts.append) == SHA256
        assert sum(counts) == len(CONTENT)


def test_a_file_that_is_there_already_is_not_asked_for(served: Served, tmp_path: Path):
    (tmp_path / "w").write_bytes(CONTENT)
    assert file(Network(), wanted(served), tmp_path / "w", quietly) == SHA256
    assert served.asked == []


def test_a_wrong_checksum_is_an_error_and_the_file_is_gone(served: Served, tmp_path: Path):
    with pytest.raises(FetchError, match="wrong checksum"):
        file(Network(), wanted(served, "0" * 64), tmp_path / "w", quietly)
    assert not (tmp_path / "w").exists()


def test_what_is_not_there_is_told_with_its_address_and_the_network_is_not_given_up(served: Served, tmp_path: Path):
    network = Network()
    with pytest.raises(FetchError, match=r"/nothing does not exist"):
        file(network, Wanted(f"{served.url}/nothing", MOST), tmp_path / "w", quietly)
    assert file(network, wanted(served), tmp_path / "w", quietly) == SHA256


def test_more_than_was_announced_is_not_taken(served: Served, tmp_path: Path):
    with pytest.raises(FetchError, match="more than"):
        file(Network(), wanted(served, most=1000), tmp_path / "w", quietly)


# --- a network that is not there, or not kind -----------------------------------------------------------------------


def timed(network: Network, url: str) -> tuple[float, str]:
    start = time.monotonic()
    with pytest.raises(FetchError) as caught:
        text(network, url, MOST)
    return time.monotonic() - start, str(caught.value)


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "drip"),
    [(b"", b""), (b"HTTP/1.1 200 OK\r\n", b""), (HEAD, b""), (HEAD, b"x"), (b"HTTP/1.1 200 OK\r\nX: ", b"x")],
    ids=["never answers", "half a head", "a head and nothing", "drips a file", "drips a head"],
)
def test_a_network_that_hangs_costs_its_patience_once_and_no_more(head: bytes, drip: bytes):
    network = Network(patience=1.0)
    with hanging(head, drip) as url:
        taken, reason = timed(network, url)
        assert taken < 2.0
        assert "127.0.0.1" in reason
        again, same = timed(network, url)
        assert (again < 0.1, same) == (True, reason)


def test_the_patience_of_a_run_is_under_ten_seconds():
    assert Network().patience == PATIENCE < 10
    with hanging(HEAD, b"x") as url:
        taken, _ = timed(Network(), url)
    assert 5 < taken < 10


def test_a_machine_that_is_not_there_is_told_at_once():
    taken, reason = timed(Network(), "http://127.0.0.1:9")
    assert taken < 5
    assert "cannot be reached" in reason


def test_where_the_network_is_not_allowed_nothing_is_tried(served: Served):
    taken, reason = timed(Network(allowed=False, why="--offline"), served.url)
    assert taken < 0.1
    assert "--offline" in reason
    assert served.asked == []


@pytest.mark.parametrize("url", ["http://example.org/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "https:", ""])
def test_only_https_is_spoken_to_other_machines(url: str):
    if url == "https:":
        url = "gopher://127.0.0.1/"
    taken, reason = timed(Network(), url)
    assert taken < 1
    assert "is not an https address" in reason


def test_a_redirect_to_anything_but_https_is_not_followed(served: Served):
    served.redirects["/moved"] = "http://example.org/elsewhere"
    _, reason = timed(Network(), f"{served.url}/moved")
    assert "is not an https address" in reason
