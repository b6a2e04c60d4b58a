"""A mail server that says what it is told to say, over a real connection."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class Server:
    """What the server answers to each recipient, and what it accepted."""

    port: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    """By the start of an address: the answer to RCPT."""
    after_text: dict[str, str] = field(default_factory=dict)
    """By the start of an address: the answer once the text was sent. Empty: hangs up without a word."""
    accepted: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Sender of the envelope, recipient, text."""


@contextmanager
def smtp_server() -> Iterator[Server]:
    """Listen on this machine until the end of the test."""
    server = Server()

    class Dialogue(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 essai.invalid ESMTP")
            sender = recipient = ""
            while line := self.rfile.readline().decode("ascii", "replace").strip():
                verb = line[:4].upper()
                if verb in ("EHLO", "HELO"):
                    self.say("250 essai.invalid")
                elif verb == "MAIL":
                    sender = line.partition("<")[2].partition(">")[0]
                    self.say("250 2.1.0 Ok")
                elif verb == "RCPT":
                    recipient = line.partition("<")[2].partition(">")[0]
                    self.say(answer_to(recipient, server.refusals, "250 2.1.5 Ok"))
                elif verb == "DATA":
                    self.say("354 End data with <CR><LF>.<CR><LF>")
                    text = self.text()
                    said = answer_to(recipient, server.after_text, "250 2.0.0 Ok: queued")
                    if not said:
                        return
                    if said.startswith("250"):
                        server.accepted.append((sender, recipient, text))
                    self.say(said)
                elif verb == "QUIT":
                    self.say("221 2.0.0 Bye")
                    return
                else:
                    self.say("250 Ok")

        def say(self, words: str):
            self.wfile.write(f"{words}\r\n".encode())

        def text(self) -> bytes:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line)
            return b"".join(lines)

    class Listener(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Listener(("127.0.0.1", 0), Dialogue) as listener:
        server.port = listener.server_address[1]
        Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        listener.shutdown()


def answer_to(recipient: str, answers: dict[str, str], otherwise: str) -> str:
    """Return what is said about a recipient."""
    return next((said for start, said in answers.items() if recipient.startswith(start)), otherwise)
