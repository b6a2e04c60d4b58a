"""Ask a server for pages over one persistent connection, and time each answer.

``wrk`` does it where it is present; else :class:`Visitor`, a bounded client of ours,
whose own cost is measured. Both send the same bytes, one request after the other.
"""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from tests.bench.arithmetic import percentile

HOST = "portail.exemple.fr"
SCRIPT = Path(__file__).with_name("wrk.lua")
PATIENCE = 60
"""Seconds that an answer may take."""


class BenchError(Exception):
    """Something could not be measured; the message says what was seen."""


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def size(self) -> int:
        """Return about how many bytes came over the wire: all but the first line of the answer."""
        return len(self.body) + sum(len(name) + len(value) + 4 for name, value in self.headers.items())


def request(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a whole request, as a reverse proxy that ended TLS would send it."""
    sent = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept": "text/html,*/*;q=0.8"} | dict(headers or {})
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


class Visitor:
    """One persistent connection to a server of this machine."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()

    def send(self, message: bytes) -> Answer:
        """Send a whole request and return the whole answer; refuse a server that hangs up."""
        started = time.perf_counter()
        self.socket.sendall(message)
        head = self._until_blank_line()
        first, *lines = head.decode("latin-1").split("\r\n")
        status = int(first.split(" ")[1])
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if "chunked" in headers.get("transfer-encoding", ""):
            raise BenchError("La réponse n'annonce pas sa longueur : le client du banc ne la lit pas.")
        body = self._exactly(0 if status in (204, 304) else int(headers.get("content-length", 0)))
        seconds = time.perf_counter() - started
        if headers.get("connection", "").lower() == "close":
            raise BenchError("Le serveur ferme la connexion après chaque réponse : elle n'est pas persistante.")
        return Answer(status, headers, body, seconds)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for an address."""
        return self.send(request(path, headers))

    def _until_blank_line(self) -> bytes:
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self._receive()
        head = bytes(self.buffer[:end])
        del self.buffer[: end + 4]
        return head

    def _exactly(self, length: int) -> bytes:
        while len(self.buffer) < length:
            self._receive()
        body = bytes(self.buffer[:length])
        del self.buffer[:length]
        return body

    def _receive(self) -> None:
        received = self.socket.recv(262_144)
        if not received:
            raise BenchError("Le serveur a fermé la connexion sans répondre.")
        self.buffer += received


@dataclass(frozen=True)
class Load:
    """What one run saw: how long each answer took, in milliseconds, and how heavy it was."""

    milliseconds: list[float] = field(repr=False)
    average_size: float
    client_cost: float | None = None

    @property
    def count(self) -> int:
        """Return how many answers were timed."""
        return len(self.milliseconds)

    @property
    def rate(self) -> float:
        """Return answers by second, the connection never idle."""
        return 1000 * self.count / sum(self.milliseconds)

    def percentile(self, share: float) -> float:
        """Return the time within which this share of the answers came."""
        return percentile(self.milliseconds, share)


Loader = Callable[[int, Sequence[bytes], float, bool], Load]


def choose_loader(wanted: str = "") -> tuple[str, Loader]:
    """Return wrk where it is, else our own client."""
    if wanted != "python" and shutil.which("wrk"):
        return "wrk", load_with_wrk
    if wanted == "wrk":
        raise BenchError("wrk n'est pas installé.")
    return "python", load_with_python


def load_with_wrk(port: int, requests: Sequence[bytes], seconds: float, once: bool = False) -> Load:
    """Let wrk send the requests in turn for so many whole seconds, or each once."""
    with tempfile.NamedTemporaryFile(prefix="apist-bench-") as file:
        file.write(b"".join(message + b"\0" for message in requests))
        file.flush()
        command = ["wrk", "-t1", "-c1", f"-d{max(1, round(seconds))}s", f"--timeout={PATIENCE}s"]
        command += [f"--script={SCRIPT}", f"http://127.0.0.1:{port}", "--", file.name, "once" if once else "rotate"]
        ended = subprocess.run(command, capture_output=True, text=True)
    said = {line.partition(" ")[0]: line.split(" ")[1:] for line in ended.stdout.splitlines()}
    if ended.returncode or "microseconds" not in said:
        raise BenchError(f"wrk s'est arrêté : {ended.stdout}{ended.stderr}")
    if any(int(number) for number in said["errors"]):
        raise BenchError(f"wrk a vu des erreurs (connexion, lecture, écriture, statut, délai) : {said['errors']}")
    durations = [float(text) / 1000 for text in said["microseconds"] if text]
    answers, size = map(int, said["answers"])
    if not durations:
        raise BenchError(f"Aucune réponse en {seconds:.0f} s.")
    return Load(durations, size / answers)


def load_with_python(port: int, requests: Sequence[bytes], seconds: float, once: bool = False) -> Load:
    """Do the same with our own client, and say how much of its processor each answer took, in milliseconds."""
    deadline, cpu = time.monotonic() + seconds, time.thread_time()
    answers: list[Answer] = []
    with Visitor(port) as visitor:
        turns: Iterable[bytes] = requests if once else cycle(requests)
        for message in turns:
            answer = visitor.send(message)
            if answer.status not in (200, 304):
                raise BenchError(f"Réponse {answer.status} à {message.split()[1].decode()}")
            answers.append(Answer(answer.status, answer.headers, b"", answer.seconds))
            if time.monotonic() > deadline:
                break
    cost = 1000 * (time.thread_time() - cpu) / len(answers)
    sizes = [int(answer.headers.get("content-length", 0)) + answer.size for answer in answers]
    return Load([1000 * answer.seconds for answer in answers], sum(sizes) / len(sizes), cost)
