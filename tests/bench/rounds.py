"""The interleaved rounds: the bare view, then every line of a portal, portal after portal, again and again."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from tests.bench import addresses
from tests.bench.lines import LIGHTEST, Line
from tests.bench.load import Answer, BenchError, Loader, Visitor, request
from tests.bench.servers import BARE, PORTAL, Server

VERIFYING = 4
"""Seconds given to trying the addresses of a line, which also warms them."""
AT_LEAST = 3
"""How many addresses are tried even when they are slow."""
LONGEST = 12
"""Seconds that a run may last where answers are slow; one that is slower still is waited for, once."""
INFORMATION_ROUNDS = 2
"""In how many rounds the lines that no target is about are measured."""
WARMING = 1.0
"""Seconds of a new worker's life before its cold cards are timed."""


@dataclass
class Rotation:
    """The requests of a line on a portal, tried: all answer well, and this is how long and how heavy they were."""

    requests: list[bytes] = field(repr=False)
    seconds: float
    lightest: float
    remark: str = ""


@dataclass
class Portal:
    """One engine at one size, served; and what was found on each line.

    ``refusals`` are what the portal does not do, ``problems`` what could not be measured.
    """

    engine: object
    size: int
    server: Server
    rotations: dict[str, Rotation] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    measures: dict[str, list[dict]] = field(default_factory=dict)
    facts: dict = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the engine and the size."""
        return f"{self.engine.name} {self.size}"


def serve(engine, size: int, core: int, logs: Path) -> Portal:
    """Start the portal on this engine's database of this size and see that its connection lasts."""
    log = logs / f"{engine.name}-{size}.log"
    server = Server(f"{engine.name} {size}", PORTAL, core=core, environment=engine.environment(size), log=log)
    server.check("/healthz")
    return Portal(engine, size, server)


def serve_bare(core: int, environment: dict[str, str], logs: Path) -> Server:
    """Start the bare view under the same command."""
    server = Server("vue nue", BARE, core=core, environment=environment, log=logs / "bare.log")
    server.check("/")
    return server


def try_line(portal: Portal, line: Line) -> None:
    """Ask for each address once: refuse wrong answers, leave out empty lists, remember how long it took."""
    wanted = line.make(portal.size)
    # The addresses of a fresh line must stay unasked: the last ones are tried for all.
    tried = wanted[-AT_LEAST:] if line.fresh else wanted[:AT_LEAST] if line.cold else wanted
    if len(tried) == 1:
        tried = tried * 2  # the first answer may have taken much longer than all that follow
    answers: list[tuple[bytes, Answer]] = []
    started = time.monotonic()
    with Visitor(portal.server.port) as visitor:
        for path in tried:
            message = request(path, line.headers)
            answer = visitor.send(message)
            must_be_page(path, answer, line.lightest)
            shows = shows_enough(line, answer)
            if line.conditional:
                message, answer = conditional(visitor, path, answer)
            if shows:
                answers.append((message, answer))
            enough = len(answers) == (addresses.PROFILES if len(wanted) == addresses.PROFILES else addresses.ROTATION)
            if enough or (time.monotonic() - started > VERIFYING and len(answers) >= AT_LEAST):
                break
    if not answers:
        raise BenchError("aucune adresse ne montre ce qu'elle doit montrer")
    seconds = sorted(answer.seconds for _, answer in answers)[(len(answers) - 1) // 2]
    lightest = min(answer.size for _, answer in answers)
    if line.fresh or line.cold:
        every = [request(path, line.headers) for path in (wanted[:-AT_LEAST] if line.fresh else wanted)]
        portal.rotations[line.key] = Rotation(every, seconds, LIGHTEST)
    else:
        portal.rotations[line.key] = Rotation(list(dict(answers)), seconds, lightest)


def shows_enough(line: Line, answer: Answer) -> bool:
    """Tell whether an answer shows one of the things that the line is about; compressed, nobody looks."""
    if line.must_show is None or "gzip" in answer.headers.get("content-encoding", ""):
        return True
    return line.must_show.search(answer.body) is not None


def must_be_page(path: str, answer: Answer, lightest: int = LIGHTEST) -> None:
    """Refuse anything but a whole page."""
    if answer.status != 200:
        raise BenchError(f"réponse {answer.status} à {path}")
    if len(answer.body) < (lightest // 4 if "content-encoding" in answer.headers else lightest):
        raise BenchError(f"réponse de {len(answer.body)} octets seulement à {path}")


class NotServed(Exception):
    """The portal does not do what the line is about; the message says what it does instead."""


def conditional(visitor: Visitor, path: str, answer: Answer) -> tuple[bytes, Answer]:
    """Return the request that sends the ETag back, and its answer, which must be an empty 304."""
    if "etag" not in answer.headers:
        raise NotServed("pas d'ETag")
    message = request(path, {"If-None-Match": answer.headers["etag"]})
    again = visitor.send(message)
    if again.status != 304 or again.body:
        raise NotServed(f"réponse {again.status} à une requête conditionnelle")
    return message, again


def prepare(portal: Portal, lines: list[Line]) -> None:
    """Try every line that is about this size; one that fails does not keep the others from being measured."""
    for line in lines:
        if not line.sizes(portal.size):
            continue
        try:
            try_line(portal, line)
        except NotServed as refusal:
            portal.refusals[line.key] = str(refusal)
        except (BenchError, OSError) as error:
            portal.problems[line.key] = str(error)


@dataclass
class Rounds:
    """Measure portals in turn against the bare view of the same moment."""

    portals: list[Portal]
    bare: Server
    loader: Loader
    lines: list[Line]
    rounds: int
    seconds: float
    fresh_server: Callable[[Portal], Server]
    bare_measures: list[dict] = field(default_factory=list)

    def run(self, say: Callable[[str], None]) -> None:
        """Do every round; the order of the portals turns, so that none always comes first."""
        bare_requests = [request("/")]
        for turn in range(self.rounds):
            started = time.monotonic()
            order = self.portals[turn % len(self.portals) :] + self.portals[: turn % len(self.portals)]
            for portal in order:
                bare = self.loader(self.bare.port, bare_requests, self.seconds, False)
                self.bare_measures.append(
                    {"rate": bare.rate, "p50": bare.percentile(0.5), "p95": bare.percentile(0.95),
                     "client_cost": bare.client_cost}
                )  # fmt: skip
                for line in self.lines:
                    if line.key in portal.rotations and not (line.information and turn >= INFORMATION_ROUNDS):
                        self.measure(portal, line, turn, bare.rate)
            say(f"tour {turn + 1} sur {self.rounds} : {time.monotonic() - started:.0f} s")

    def measure(self, portal: Portal, line: Line, turn: int, bare_rate: float) -> None:
        """Add what one round finds on a line; a line that fails is not measured at all."""
        try:
            measure = self.run_line(portal, line, turn)
        except (BenchError, OSError) as error:
            portal.problems[line.key] = str(error)
            portal.measures.pop(line.key, None)
            del portal.rotations[line.key]
            return
        measure |= {"bare_rate": bare_rate, "share": measure["rate"] / bare_rate}
        portal.measures.setdefault(line.key, []).append(measure)

    def run_line(self, portal: Portal, line: Line, turn: int) -> dict:
        """Return one run of a line: on a new worker, on addresses never asked, or on its rotation."""
        rotation = portal.rotations[line.key]
        if line.cold:
            with self.fresh_server(portal) as server:
                warm_without_cards(server)
                return self.one(server, rotation, rotation.requests, once=True)
        if line.fresh:
            share = len(rotation.requests) // self.rounds
            unseen = rotation.requests[turn * share : (turn + 1) * share]
            return self.one(portal.server, rotation, unseen, once=True)
        return self.one(portal.server, rotation, rotation.requests, once=False)

    def one(self, server: Server, rotation: Rotation, requests: list[bytes], *, once: bool) -> dict:
        """Return one run's numbers; refuse answers lighter than any that was tried."""
        # Long enough for a few answers, however slow they are.
        seconds = min(max(self.seconds, ceil(3 * rotation.seconds)), max(LONGEST, ceil(2 * rotation.seconds)))
        load = self.loader(server.port, requests, seconds, once)
        if load.average_size < 0.9 * rotation.lightest:
            raise BenchError(f"{server.name} : réponses de {load.average_size:.0f} octets en moyenne")
        return {
            "rate": load.rate,
            "p50": load.percentile(0.5),
            "p95": load.percentile(0.95),
            "answers": load.count,
            "bytes": round(load.average_size),
        }


def warm_without_cards(server: Server) -> None:
    """Let a new worker read the catalogue and compile its templates, showing only the first page's cards."""
    deadline = time.monotonic() + WARMING
    with Visitor(server.port) as visitor:
        must_be_page(addresses.API, visitor.get(addresses.API))
        must_be_page(addresses.LIST, visitor.get(addresses.LIST))
        while time.monotonic() < deadline:
            visitor.get(addresses.LIST)
