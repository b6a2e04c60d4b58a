"""A client of ClamAV, as short as its protocol: INSTREAM, and VERSION for the checks (man 8 clamd).

It answers « clean » in one case only: every byte was sent, and the daemon said ``stream: OK`` and nothing else.
"""

import hashlib
import re
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

CONNECT_SECONDS = 5
ANSWER_SECONDS = 150
"""For the whole exchange. clamd itself gives up a file after two minutes (MaxScanTime)."""

_CHUNK = 65_536
_LONGEST_ANSWER = 4_096
_CUT = "L'antivirus a coupé la connexion (StreamMaxLength, dans clamd.conf, est peut-être trop bas)."


class State(StrEnum):
    """What a scan came to; the value is kept in the database."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNAVAILABLE = "unavailable"
    NOT_CONFIGURED = "not-configured"


@dataclass(frozen=True)
class Verdict:
    """What a scan came to. ``detail``: the signature if infected, the reason in French if unavailable."""

    state: State
    detail: str = ""


@dataclass(frozen=True)
class Health:
    """Whether the daemon answers: its version if it does (« ClamAV 1.4.6/27800/… »), else the reason in French."""

    answers: bool
    version: str = ""
    reason: str = ""


class _Trouble(Exception):
    """What keeps a verdict from being given, said in French for the journal and the person who runs the portal."""


def scan(file: BinaryIO, address: str, *, sha256: str = "") -> Verdict:
    """Send a file to ClamAV and return its verdict; whatever is odd is ``UNAVAILABLE``, never ``CLEAN``.

    ``file`` is read from its beginning to its end. ``address``: ``tcp://host:port`` or ``unix:///path``, empty
    where no scanner is set. ``sha256``, of the file as it was inspected, makes a file that changed since, or that
    the storage gives back cut, ``UNAVAILABLE`` too. An empty file gets no verdict.
    """
    if not address:
        return Verdict(State.NOT_CONFIGURED)
    digest = hashlib.sha256()
    try:
        answer = _exchange(address, b"zINSTREAM\0", file, digest)
    except _Trouble as trouble:
        return Verdict(State.UNAVAILABLE, str(trouble))
    if sha256 and digest.hexdigest() != sha256:
        return Verdict(State.UNAVAILABLE, "Le fichier relu n'est pas celui qui a été envoyé.")
    if answer == "stream: OK":
        return Verdict(State.CLEAN)
    found = re.fullmatch(r"stream: (\S.*) FOUND", answer)
    if found:
        return Verdict(State.INFECTED, found[1])
    return Verdict(State.UNAVAILABLE, _said(answer))


def health(address: str) -> Health:
    """Ask the daemon at this address for its version."""
    try:
        answer = _exchange(address, b"zVERSION\0")
    except _Trouble as trouble:
        return Health(False, reason=str(trouble))
    if not answer.startswith("ClamAV "):
        return Health(False, reason=_said(answer))
    return Health(True, version=answer)


def _exchange(address: str, command: bytes, file: BinaryIO | None = None, digest=None) -> str:
    """Send a command, and the file that goes with it, and return the answer without its end mark."""
    deadline = time.monotonic() + ANSWER_SECONDS
    try:
        with _connect(address) as connection:
            try:
                _send(connection, deadline, command)
                if file:
                    _stream(connection, deadline, file, digest)
            except (BrokenPipeError, ConnectionResetError):
                # The daemon stops reading a file that is too large for it. It says so, but what it says may be lost.
                answer = _receive(connection, deadline)
                return answer if answer.endswith("ERROR") else ""
            return _receive(connection, deadline)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise _Trouble(_CUT) from error
    except TimeoutError as error:
        raise _Trouble("L'antivirus ne répond pas à temps.") from error
    except OSError as error:
        raise _Trouble(f"L'antivirus ne peut pas être joint ({error.strerror or type(error).__name__}).") from error


def _connect(address: str) -> socket.socket:
    """Open the connection, over TCP or to a Unix socket."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(unquote(parts.path))
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname, parts.port), CONNECT_SECONDS)


def _stream(connection: socket.socket, deadline: float, file: BinaryIO, digest) -> None:
    """Send the file in chunks, each after its length on four bytes, then the chunk of no length that ends it."""
    sent = False
    for chunk in _chunks(file):
        digest.update(chunk)
        _send(connection, deadline, struct.pack(">I", len(chunk)) + chunk)
        sent = True
    if not sent:
        raise _Trouble("Le fichier relu est vide.")
    _send(connection, deadline, struct.pack(">I", 0))


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    """Give the file from its beginning; what keeps it from being read is not the daemon's fault, and is said."""
    try:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
    except (OSError, ValueError) as error:
        raise _Trouble("Le fichier ne peut pas être relu.") from error


def _send(connection: socket.socket, deadline: float, data: bytes) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(data)


def _receive(connection: socket.socket, deadline: float) -> str:
    """Return one whole answer; anything after it, or a missing end, is no answer."""
    received = b""
    while True:
        connection.settimeout(_left(deadline))
        try:
            part = connection.recv(_LONGEST_ANSWER)
        except ConnectionResetError:
            if not received.endswith(b"ERROR\0"):
                raise
            break
        received += part
        if not part or len(received) > _LONGEST_ANSWER:
            break
    if not received.endswith(b"\0") or received.count(b"\0") != 1:
        raise _Trouble(_said(received.decode("ascii", errors="replace")))
    return received[:-1].decode("utf-8", errors="replace")


def _left(deadline: float) -> float:
    """Return the seconds left, or stop."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _said(answer: str) -> str:
    """Say an answer that is no verdict, with its remedy where there is one."""
    if not answer:
        return _CUT
    if "size limit exceeded" in answer:
        return "Le fichier dépasse ce que l'antivirus accepte : augmentez StreamMaxLength dans clamd.conf."
    shown = re.sub(r"[^\x20-\x7e]", "?", answer)[:120]
    return f"Réponse inattendue de l'antivirus : {shown}"
