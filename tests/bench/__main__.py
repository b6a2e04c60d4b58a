"""Measure everything and report; ``bin/bench`` sets the ground and calls this."""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from tests.bench.changes import CALL, LEVER, Changer, time_rebuild, watch_versions
from tests.bench.databases import Postgresql, Sqlite
from tests.bench.inspections import count_queries, reading_writes
from tests.bench.lines import LINES
from tests.bench.load import BenchError, choose_loader
from tests.bench.report import machine, markdown
from tests.bench.rounds import Portal, Rounds, prepare, serve, serve_bare
from tests.bench.servers import PORTAL, Cores, Server
from tests.bench.targets import CHANGE_SIZE


def say(message: str) -> None:
    """Tell the person who waits, apart from the report."""
    print(message, file=sys.stderr, flush=True)


def read_options() -> argparse.Namespace:
    """Return what ``bin/bench`` asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=numbers, required=True)
    parser.add_argument("--engines", type=lambda text: text.split(","), default=["sqlite"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--client", choices=("", "wrk", "python"), default="")
    parser.add_argument("--cores", type=numbers, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--postgresql", default="")
    parser.add_argument("--programs", type=Path)
    parser.add_argument("--lines", default="", help="some lines only, by key")
    return parser.parse_args()


def numbers(text: str) -> list[int]:
    """Return whole numbers written with commas."""
    return [int(part) for part in text.split(",")]


def engines(options: argparse.Namespace, run: Path) -> list[Sqlite | Postgresql]:
    """Return the engines asked for."""
    places = (options.data, run, options.var)
    known = {"sqlite": lambda: Sqlite(*places)}
    if options.postgresql:
        known["postgresql"] = lambda: Postgresql(*places, server=options.postgresql, programs=options.programs)
    if missing := set(options.engines) - set(known):
        raise BenchError(f"moteur inconnu : {', '.join(missing)}")
    return [known[name]() for name in options.engines]


def make_databases(engine: Sqlite | Postgresql, sizes: list[int]) -> None:
    """Make or copy the databases of an engine, the smallest first."""
    for size in sorted(sizes):
        started = time.monotonic()
        engine.prepare(size)
        say(f"base {engine.name} de {size} entrées : {time.monotonic() - started:.0f} s")


def inspect(portals: list[Portal]) -> None:
    """Look at each portal besides its speed, then stop it; the one whose memory is judged comes last and is alone."""
    last = max(portals, key=lambda portal: (portal.size == CHANGE_SIZE, portal.engine.name == "postgresql"))
    looks = {"writes": reading_writes, "queries": count_queries, "change": look_at_changes}
    for portal in sorted(portals, key=lambda portal: portal is last):
        portal.facts["memory"] = portal.server.memory() | {"alone": portal is last}
        for name, look in looks.items():
            if name != "change" or portal.size == CHANGE_SIZE:
                try:
                    portal.facts[name] = look(portal)
                except (BenchError, OSError) as error:
                    portal.problems[name] = str(error)
        portal.facts["memory_at_the_end"] = portal.server.memory()
        portal.server.stop()
        say(f"inspecté : {portal.name}")


def look_at_changes(portal: Portal) -> dict:
    """Change the content from another process and look at what the portal shows."""
    with Changer(portal.engine.environment(portal.size)) as changer:
        return {
            "rebuild": time_rebuild(portal.server, changer, LEVER),
            "calls": time_rebuild(portal.server, changer, CALL),
            "versions": watch_versions(portal.server, changer),
        }


def measure(options: argparse.Namespace, run: Path, stack: ExitStack) -> dict:
    """Do everything and return the report."""
    here, cores = machine(), Cores(*options.cores)
    name, loader = choose_loader(options.client)
    chosen = engines(options, run)
    os.sched_setaffinity(0, {cores.server, cores.load})  # nothing is served yet: both cores may fill databases
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda engine: make_databases(engine, options.sizes), chosen))
    os.sched_setaffinity(0, {cores.load})

    lines = [line for line in LINES if not options.lines or line.key in options.lines.split(",")]
    bare = stack.enter_context(serve_bare(cores.server, chosen[0].environment(min(options.sizes)), run))
    portals = []
    for size in sorted(options.sizes):
        for engine in chosen:
            portal = serve(engine, size, cores.server, run)
            stack.callback(portal.server.stop)
            prepare(portal, lines)
            portals.append(portal)
            say(f"prêt : {portal.name}")

    def fresh_server(portal: Portal) -> Server:
        environment = portal.engine.environment(portal.size)
        return Server(portal.name, PORTAL, core=cores.server, environment=environment, log=run / "fresh.log")

    rounds = Rounds(portals, bare, loader, lines, options.rounds, options.seconds, fresh_server)
    rounds.run(say)
    inspect(portals)
    costs = [measure["client_cost"] for measure in rounds.bare_measures if measure["client_cost"]]
    return {
        "machine": here,
        "cores": {"server": cores.server, "load": cores.load, "apart": cores.are_apart},
        "client": name,
        "rounds": options.rounds,
        "bare": {key: median(m[key] for m in rounds.bare_measures) for key in ("rate", "p50", "p95")}
        | {"client_cost": median(costs) if costs else None},
        "engines": {
            engine.name: {portal.size: found(portal) for portal in portals if portal.engine is engine}
            for engine in chosen
        },
    }


def found(portal: Portal) -> dict:
    """Return all that is known of a portal."""
    rotations = {key: len(rotation.requests) for key, rotation in portal.rotations.items()}
    seen = {"lines": portal.measures, "refusals": portal.refusals, "problems": portal.problems}
    return seen | {"addresses": rotations} | portal.facts


def stop(*_) -> None:
    """Turn SIGTERM into an ordinary end, so that the servers are stopped."""
    raise KeyboardInterrupt


def main() -> int:
    """Measure, write the JSON, print the Markdown; 1 where something could not be measured."""
    options = read_options()
    signal.signal(signal.SIGTERM, stop)
    started = time.monotonic()
    if len(set(options.cores)) < 2:
        say("Un seul cœur : le client prend du temps au portail. Les parts restent comparables, pas les durées.")
    try:
        with tempfile.TemporaryDirectory(prefix="apist-bench-") as folder, ExitStack() as stack:
            report = measure(options, Path(folder), stack)
    except BenchError as error:
        say(f"\nNon mesuré : {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    report["seconds"] = round(time.monotonic() - started)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    print(markdown(report))
    say(f"\n{report['seconds']} s. Tout est dans {options.report}.")
    problems = [size["problems"] for engine in report["engines"].values() for size in engine.values()]
    return 1 if any(problems) else 0


if __name__ == "__main__":
    sys.exit(main())
