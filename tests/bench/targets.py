"""The tables of issues 3 and 7: what is aimed at, what was measured, whether it is met."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from tests.bench.arithmetic import median_of_ratios
from tests.bench.lines import CATALOGUE, OFFICER_LINES
from tests.bench.names import DOSSIERS, FEW_DOSSIERS, WITH_DOSSIERS

TARGET_SIZES = (1_000, 5_000)
CHANGE_SIZE = 5_000
"""The size at which memory and rebuilding are judged."""
GROWTH_SIZES = (1_000, 20_000)
DOSSIER_SIZES = (12, WITH_DOSSIERS)
"""The bases that hold a few dossiers, and all of them."""
DOSSIER_RATIO = 1.5
HYPHA = 390 / 0.27
"""How many bare views the staff list of Hypha costs, with a thousand rows: the issue asks for forty times less."""
LIST_VIEWS = int(HYPHA / 40)

Engine = dict[int, dict]
"""What was found on an engine, by size: ``lines``, ``refusals``, ``problems``, and where it could be looked at
``memory``, ``queries``, ``writes``, ``change``."""


@dataclass(frozen=True)
class Verdict:
    """One row of the table; ``met`` is None where nothing was measured."""

    name: str
    target: str
    measured: str
    met: bool | None


NOT_MEASURED = "non mesuré"


def percent(share: float) -> str:
    """Write a share as French people do."""
    return f"{100 * share:.1f} %".replace(".", ",")


def number(value: float, digits: int = 2) -> str:
    """Write a number with a comma."""
    return f"{value:.{digits}f}".replace(".", ",")


def middle_of(rounds: list[dict], name: str) -> float:
    """Return the median of a number over the rounds."""
    return median(measure[name] for measure in rounds)


def share_of_bare(engine: Engine, name: str, low: float, keys: tuple[str, ...], sizes: tuple[int, ...]) -> Verdict:
    """Judge the slowest of some lines at some sizes: the median of its share of the bare view."""
    target = f"{percent(low)} de la vue nue au moins"
    if whys := said_of(engine, "problems", keys, sizes):
        return Verdict(name, target, f"{NOT_MEASURED} : {whys[0]}", None)
    if whys := said_of(engine, "refusals", keys, sizes):
        return Verdict(name, target, whys[0], False)
    found = {
        (key, size): middle_of(engine[size]["lines"][key], "share")
        for size in sizes
        for key in keys
        if key in engine.get(size, {}).get("lines", {})
    }
    if not found:
        return Verdict(name, target, NOT_MEASURED, None)
    (key, size), worst = min(found.items(), key=lambda item: item[1])
    return Verdict(name, target, f"{percent(worst)} ({key}, {size})", worst >= low)


def said_of(engine: Engine, what: str, keys: tuple[str, ...], sizes: tuple[int, ...]) -> list[str]:
    """Return why some lines were refused, or could not be measured."""
    return [engine[size][what][key] for size in sizes if size in engine for key in keys if key in engine[size][what]]


def growth(engine: Engine) -> Verdict:
    """Judge how much slower the slowest-growing line is at 20,000 than at 1,000, round by round."""
    target, (small, large) = "1,5 au plus", GROWTH_SIZES
    name = "p50 à 20 000 sur p50 à 1 000"
    if small not in engine or large not in engine:
        return Verdict(name, target, NOT_MEASURED, None)
    found = {}
    for key in (*CATALOGUE, "unfiltered", "sheet"):
        above, below = engine[large]["lines"].get(key), engine[small]["lines"].get(key)
        if above and below:
            found[key] = median_of_ratios([m["p50"] for m in above], [m["p50"] for m in below])
    if not found:
        return Verdict(name, target, NOT_MEASURED, None)
    key, worst = max(found.items(), key=lambda item: item[1])
    return Verdict(name, target, f"{number(worst)} ({key})", worst <= 1.5)


def spread(engine: Engine) -> Verdict:
    """Judge p95 over p50 on the catalogue and the sheets."""
    target = "2 au plus"
    found = {
        (key, size): median_of_ratios([m["p95"] for m in rounds], [m["p50"] for m in rounds])
        for size in TARGET_SIZES
        for key, rounds in engine.get(size, {}).get("lines", {}).items()
        if key in (*CATALOGUE, "unfiltered", "sheet")
    }
    if not found:
        return Verdict("p95 sur p50", target, NOT_MEASURED, None)
    (key, size), worst = max(found.items(), key=lambda item: item[1])
    return Verdict("p95 sur p50", target, f"{number(worst)} ({key}, {size})", worst <= 2)


def dossiers(engine: Engine) -> list[Verdict]:
    """Judge what an officer reads among all the dossiers and among a few; and how many bare views the list costs."""
    few, many = (engine.get(size, {}).get("lines", {}) for size in DOSSIER_SIZES)
    verdicts = []
    for line in OFFICER_LINES:
        name, target = f"{line.label} : {DOSSIERS} sur {FEW_DOSSIERS}", f"p50 : {number(DOSSIER_RATIO, 1)} fois au plus"
        if line.key not in few or line.key not in many:
            verdicts.append(Verdict(name, target, NOT_MEASURED, None))
            continue
        above, below = ([measure["p50"] for measure in found[line.key]] for found in (many, few))
        ratio = median_of_ratios(above, below)
        said = f"{number(ratio)} ({number(median(below), 1)} et {number(median(above), 1)} ms)"
        verdicts.append(Verdict(name, target, said, ratio <= DOSSIER_RATIO))
    costs = {
        line.entries(size): 1 / middle_of(found[line.key], "share")
        for line in OFFICER_LINES[:1]
        for size, found in zip(DOSSIER_SIZES, (few, many), strict=True)
        if line.key in found
    }
    said = " ; ".join(f"{number(cost, 1)} parmi {entries}" for entries, cost in costs.items()) or NOT_MEASURED
    met = max(costs.values()) <= LIST_VIEWS if costs else None
    return [*verdicts, Verdict(f"{OFFICER_LINES[0].label} : coût", f"{LIST_VIEWS} vues nues au plus", said, met)]


def queries(engine: Engine) -> list[Verdict]:
    """Judge the numbers of queries: the most at any size, and that they are the same at every size."""
    sizes = sorted(size for size in engine if engine[size].get("queries"))
    verdicts = []
    limits = {"catalogue": ("catalogue", 2, 4), "sheet": ("fiche", 2, 4), "matches": ("verdicts (API)", 3, None)}
    for key, (words, warm, cold) in limits.items():
        target = f"{warm} à chaud" + (f", {cold} à froid" if cold else "")
        if not sizes:
            verdicts.append(Verdict(f"requêtes SQL, {words}", target, NOT_MEASURED, None))
            continue
        counts = [engine[size]["queries"][key] for size in sizes]
        most = {state: max(count[state] for count in counts) for state in ("warm", "cold", "first")}
        said = f"{most['warm']} à chaud, {most['cold']} à froid, {most['first']} au tout premier appel d'un processus"
        met = most["warm"] <= warm and (cold is None or most["cold"] <= cold)
        verdicts.append(Verdict(f"requêtes SQL, {words}", target, said, met))
    same = {size: {k: (c["warm"], c["cold"]) for k, c in engine[size]["queries"].items()} for size in sizes}
    differ = [str(size) for size in sizes if same[size] != same[sizes[0]]]
    said = "les mêmes" if not differ else f"autres qu'à {sizes[0]} : {', '.join(differ)}"
    met = not differ if len(sizes) > 1 else None
    return [*verdicts, Verdict("requêtes SQL à toute taille", "les mêmes", said if sizes else NOT_MEASURED, met)]


def reading(engine: Engine) -> Verdict:
    """Judge that an anonymous reader writes nothing."""
    found = [engine[size]["writes"] for size in engine if "writes" in engine[size]]
    name, target = "un GET anonyme n'écrit rien", "rien"
    if not found:
        return Verdict(name, target, NOT_MEASURED, None)
    pages, empty = any(f["pages"] for f in found), any(f["empty_search"] for f in found)
    said = ["une page écrit" if pages else "rien", "une recherche sans résultat écrit" if empty else ""]
    return Verdict(name, target, " ; ".join(filter(None, said)), not pages and not empty)


def memory(engine: Engine) -> Verdict:
    """Judge the worker's proportional memory."""
    name, target = "mémoire du processus à 5 000 (PSS)", "120 Mo au plus"
    found = engine.get(CHANGE_SIZE, {}).get("memory")
    if not found:
        return Verdict(name, target, NOT_MEASURED, None)
    return Verdict(name, target, f"{found['pss']:.0f} Mo (résidente : {found['rss']:.0f} Mo)", found["pss"] <= 120)


def change(engine: Engine) -> list[Verdict]:
    """Judge what happens when the content changes."""
    names = {
        "rebuild": "index refait après un changement à 5 000",
        "calls": "appels refaits après un changement à 5 000",
        "versions": "jamais dans deux versions à la fois",
    }
    targets = {
        "rebuild": "0,5 s au plus",
        "calls": "jamais périmés (durée : sans but)",
        "versions": "aucune réponse mélangée ni périmée",
    }
    found = engine.get(CHANGE_SIZE, {}).get("change")
    if not found:
        return [Verdict(names[key], targets[key], NOT_MEASURED, None) for key in names]
    rebuild, calls, versions = found["rebuild"], found["calls"], found["versions"]
    counted = f"{versions['mixed']} mélangées, {versions['stale']} périmées, sur {versions['answers']}"
    return [
        Verdict(
            names["rebuild"], targets["rebuild"], lateness(rebuild), rebuild["worst"] <= 0.5 and not rebuild["stale"]
        ),
        Verdict(names["calls"], targets["calls"], lateness(calls), not calls["stale"]),
        Verdict(
            names["versions"],
            targets["versions"],
            f"{counted} pendant {versions['changes']} changements",
            not versions["mixed"] and not versions["stale"] and versions["changes"] > 0,
        ),
    ]


def lateness(rebuild: dict) -> str:
    """Return by how much the first answers after changes were late, and what did not show them."""
    said = f"{number(rebuild['median'])} s (au pire {number(rebuild['worst'])} s)"
    return f"{said} ; périmé : {', '.join(rebuild['stale'])}" if rebuild["stale"] else said


def judge(engine: Engine) -> list[Verdict]:
    """Return the whole table for an engine."""
    by_share: list[tuple[str, float, tuple[str, ...], tuple[int, ...]]] = [
        ("catalogue, filtre ou texte, 1 000 et 5 000", 0.15, CATALOGUE, TARGET_SIZES),
        ("catalogue, cartes froides", 0.05, ("cold-cards",), TARGET_SIZES),
        ("catalogue sans filtre et fiches", 0.40, ("unfiltered", "sheet"), TARGET_SIZES),
        ("requête conditionnelle, 304", 0.60, ("not-modified",), TARGET_SIZES),
        ("résultats du diagnostic", 0.05, ("results",), (12,)),
        ("API des verdicts", 0.10, ("matches",), (12,)),
    ]
    shares = [share_of_bare(engine, *row) for row in by_share]
    alone: list[Callable[[Engine], Verdict]] = [growth, spread, reading, memory]
    return [*shares, *(rule(engine) for rule in alone), *dossiers(engine), *queries(engine), *change(engine)]
