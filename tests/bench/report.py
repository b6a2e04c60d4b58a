"""The report: Markdown for people, JSON for programs."""

import os
import platform
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from statistics import median

from tests.bench.lines import LINES
from tests.bench.targets import NOT_MEASURED, Engine, judge, middle_of, number, percent

MET = {True: "atteint", False: "non atteint", None: "—"}
YES_NO = {True: "oui", False: "non", None: NOT_MEASURED}
ENGINES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def table(heads: list[str], rows: Iterable[list[str]]) -> list[str]:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def processor() -> str:
    """Return the processor's name, where Linux says it."""
    said = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in said.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def machine() -> dict:
    """Return where and when this was measured, and how busy the machine already was."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_average": round(os.getloadavg()[0], 2),
    }


def line_rows(engines: dict[str, Engine]) -> Iterable[list[str]]:
    """Yield a row for each line, engine and size."""
    for line in LINES:
        for name, engine in engines.items():
            for size, found in sorted(engine.items()):
                where = [line.label + (" *" if line.information else ""), ENGINES[name], str(line.entries(size))]
                if rounds := found["lines"].get(line.key):
                    shares = [measure["share"] for measure in rounds]
                    yield [
                        *where, percent(median(shares)), f"{percent(min(shares))} à {percent(max(shares))}",
                        number(middle_of(rounds, "p50")), number(middle_of(rounds, "p95")),
                        f"{middle_of(rounds, 'rate'):.0f}", str(sum(m["answers"] for m in rounds)),
                        f"{middle_of(rounds, 'bytes') / 1024:.1f}".replace(".", ","),
                    ]  # fmt: skip
                elif why := found["refusals"].get(line.key) or found["problems"].get(line.key):
                    yield [*where, why, *[""] * 6]


def portal_rows(engines: dict[str, Engine]) -> Iterable[list[str]]:
    """Yield a row for each engine and size: memory, queries, writes, changes."""
    for name, engine in engines.items():
        for size, found in sorted(engine.items()):
            memory, queries = found["memory"], found.get("queries")
            counts = [
                " / ".join(str(queries[key][state]) for state in ("warm", "cold", "first")) if queries else NOT_MEASURED
                for key in ("catalogue", "sheet", "matches", "results", "calls", "call", "procurement")
            ]
            writes = [YES_NO[found.get("writes", {}).get(key)] for key in ("pages", "empty_search")]
            yield [ENGINES[name], str(size), f"{memory['pss']:.0f}", f"{memory['rss']:.0f}", *counts, *writes]


def markdown(report: dict) -> str:
    """Return the whole report."""
    engines: dict[str, Engine] = report["engines"]
    here, bare = report["machine"], report["bare"]
    cost = f" (il coûte {number(bare['client_cost'], 3)} ms par réponse)" if bare["client_cost"] else ""
    lines = [
        f"Mesuré le {here['date']} : {here['processor']}, {here['cores']} cœurs (portail sur le cœur "
        f"{report['cores']['server']}, client et PostgreSQL sur le cœur {report['cores']['load']}), "
        f"Python {here['python']}, charge de la machine avant de commencer {number(here['load_average'])}.",
        f"Client : {report['client']}{cost}. {report['rounds']} tours. Vue nue de 30 Ko : "
        f"{bare['rate']:.0f} réponses par seconde, p50 {number(bare['p50'], 3)} ms, p95 {number(bare['p95'], 3)} ms.",
    ]
    for name, engine in engines.items():
        lines += ["", f"### {ENGINES[name]} : but et mesure", ""]
        if name != "postgresql":
            lines += ["Les buts sont fixés sur PostgreSQL ; ici pour information.", ""]
        rows = [[v.name, v.target, v.measured, MET[v.met]] for v in judge(engine)]
        lines += table(["ce qui est mesuré", "but", "mesure", ""], rows)
    heads = ["ligne", "moteur", "entrées", "% de la vue nue", "d'un tour à l'autre", "p50 ms", "p95 ms", "rép./s"]
    lines += ["", "### Toutes les lignes", "", *table([*heads, "réponses", "Ko"], line_rows(engines))]
    lines += [
        "",
        "\\* pour information",
        "",
        "### Mémoire, requêtes SQL (à chaud / à froid / premier appel), écritures",
        "",
    ]
    heads = ["moteur", "entrées", "PSS Mo", "RSS Mo", "catalogue", "fiche", "verdicts", "diagnostic"]
    heads += ["appels", "un appel", "commande publique"]
    lines += table([*heads, "une page écrit", "une recherche vide écrit"], portal_rows(engines))
    problems = [
        f"- {ENGINES[name]}, {size} entrées, {what} : {why}"
        for name, engine in engines.items()
        for size, found in engine.items()
        for what, why in found["problems"].items()
    ]
    if problems:
        lines += ["", "### Non mesuré", "", *problems]
    return "\n".join(lines)
