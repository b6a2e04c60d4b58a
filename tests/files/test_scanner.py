"""The scanner's client, against a real clamd, and against servers that answer anything."""

import hashlib
import io
import os
import signal
import socket
import threading
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.files import scanner
from projects.files.scanner import Health, State, Verdict, health, scan
from tests.clamd import MARK, SIGNATURE, running_clamd

CLEAN = b"Un rapport sans rien de mauvais.\n" * 5_000
INFECTED = CLEAN + MARK + CLEAN


def sent(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


@contextmanager
def server(answer: bytes, *, reads: int = 1_000_000_000):
    """A server that reads so many bytes, or up to the end of the file, then answers this and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            with listening.accept()[0] as connection:
                connection.settimeout(5)
                received = b""
                while len(received) < reads and not received.endswith((b"zVERSION\0", b"\0\0\0\0")):
                    received += connection.recv(min(65_536, reads - len(received)))
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


# --- A real clamd ----------------------------------------------------------


def test_a_clean_file_is_clean(clamd):
    assert scan(sent(CLEAN), clamd.address) == Verdict(State.CLEAN)


def test_an_infected_file_is_named_after_its_signature(clamd):
    assert scan(sent(INFECTED), clamd.address) == Verdict(State.INFECTED, SIGNATURE)


def test_a_file_is_read_from_its_beginning_wherever_it_was_left(clamd):
    file = sent(INFECTED)
    file.read()
    assert scan(file, clamd.address).state == State.INFECTED


def test_the_same_over_tcp():
    port = free_port()
    with running_clamd(tcp_port=port):
        assert scan(sent(INFECTED), f"tcp://127.0.0.1:{port}") == Verdict(State.INFECTED, SIGNATURE)
        assert health(f"tcp://127.0.0.1:{port}").version.startswith("ClamAV ")


def test_what_is_read_must_be_what_was_sent(clamd):
    digest = hashlib.sha256(CLEAN).hexdigest()
    assert scan(sent(CLEAN), clamd.address, sha256=digest) == Verdict(State.CLEAN)
    cut = scan(sent(CLEAN[:-1]), clamd.address, sha256=digest)
    assert cut == Verdict(State.UNAVAILABLE, "Le fichier relu n'est pas celui qui a été envoyé.")


def test_a_file_read_back_empty_gets_no_verdict(clamd):
    assert scan(sent(b""), clamd.address) == Verdict(State.UNAVAILABLE, "Le fichier relu est vide.")


def test_a_file_that_cannot_be_read_gets_no_verdict(clamd, tmp_path):
    closed = (tmp_path / "piece").open("wb")
    closed.close()
    assert scan(closed, clamd.address) == Verdict(State.UNAVAILABLE, "Le fichier ne peut pas être relu.")


def test_a_file_larger_than_the_daemon_takes_gets_no_verdict_and_the_setting_is_named():
    with running_clamd(StreamMaxLength="1M") as small:
        verdict = scan(sent(os.urandom(8_000_000)), small.address)
    assert verdict.state == State.UNAVAILABLE
    assert "StreamMaxLength" in verdict.detail


def test_a_daemon_stopped_in_the_middle_of_a_file_gives_no_verdict():
    class Stopping(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > len(CLEAN) // 2 and daemon.process.poll() is None:
                daemon.stop()
            return super().read(size)

    with running_clamd() as daemon:
        verdict = scan(Stopping(CLEAN), daemon.address)
        assert daemon.process.poll() is not None
        assert verdict.state == State.UNAVAILABLE
        assert scan(sent(CLEAN), daemon.address).state == State.UNAVAILABLE
        assert not health(daemon.address).answers


def test_a_daemon_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.5)
    with running_clamd() as daemon:
        daemon.process.send_signal(signal.SIGSTOP)
        assert scan(sent(CLEAN), daemon.address) == Verdict(State.UNAVAILABLE, "L'antivirus ne répond pas à temps.")


def test_the_daemon_says_its_version(clamd):
    assert health(clamd.address).answers
    assert health(clamd.address).version.startswith("ClamAV ")


# --- No daemon, or another one ---------------------------------------------


def test_without_an_address_nothing_is_clean():
    assert scan(sent(CLEAN), "") == Verdict(State.NOT_CONFIGURED)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl"])
def test_nobody_at_the_address_is_no_verdict(address):
    assert scan(sent(CLEAN), address).state == State.UNAVAILABLE
    assert health(address).reason.startswith("L'antivirus ne peut pas être joint")


ANSWERS = [
    b"",
    b"\0",
    b"stream: OK",
    b"stream: OK\n",
    b"stream: OK\0stream: OK\0",
    b"stream: OK\0 ",
    b"stream: ok\0",
    b"1: stream: OK\0",
    b"stream:  FOUND\0",
    b"stream: Unable to open file. ERROR\0",
    b"UNKNOWN COMMAND\0",
    b"HTTP/1.1 200 OK\r\n\r\nstream: OK",
    b"\xff" * 10_000,
    b"stream: OK" + b" " * 10_000 + b"\0",
]


@pytest.mark.parametrize("answer", ANSWERS, ids=[str(number) for number in range(len(ANSWERS))])
def test_any_other_answer_is_no_verdict(answer):
    with server(answer) as address:
        verdict = scan(sent(CLEAN), address)
    assert verdict.state == State.UNAVAILABLE
    assert verdict.detail
    assert verdict.detail.isprintable()


def test_ok_before_the_end_of_the_file_is_no_verdict():
    with server(b"stream: OK\0", reads=1_000) as address:
        assert scan(sent(os.urandom(20_000_000)), address).state == State.UNAVAILABLE


def test_another_service_has_no_version():
    with server(b"220 smtp.exemple.fr ESMTP\r\n\0") as address:
        answer = health(address)
    assert answer == Health(False, reason="Réponse inattendue de l'antivirus : 220 smtp.exemple.fr ESMTP??")


@given(answer=st.binary(max_size=60) | st.text(alphabet="stream: OKFUND\0").map(str.encode))
def test_only_one_answer_is_clean(answer):
    with server(answer) as address:
        verdict = scan(sent(b"texte"), address)
    assert (verdict.state == State.CLEAN) == (answer == b"stream: OK\0")
