"""What happens when the content changes: how long the next page takes, and whether anything stale or mixed is shown."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import quote

from tests.bench import addresses, call_addresses
from tests.bench.load import BenchError, Visitor
from tests.bench.servers import ROOT, Server

CHANGED, OTHER = "fir", "cpom"
"""The two levers whose titles change: both are on the first page of every size."""
CHANGED_CALL = "article-51-ipep-2018"
"""The call whose title changes: a real one."""
TAG = re.compile(r"<[^>]+>")
VERSION = re.compile(r"Bascule du banc (\d+)")
TIMES = 7
"""How many changes are made and timed."""
WATCHING = 20
"""Seconds that a portal is watched at most while it changes."""
WATCHERS = 3


class Changer:
    """The other process, which changes titles when told."""

    def __init__(self, environment: Mapping[str, str]):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.inside", "change"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        self.process.wait(20)

    def change(self, titles: Mapping[str, str], model: str = "lever") -> float:
        """Change titles of levers, or of calls, in one transaction; return when it was committed."""
        self.process.stdin.write(json.dumps({"model": model, "titles": titles}) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise BenchError("le processus qui change le contenu s'est arrêté")
        return float(said)


def words_of(body: bytes) -> str:
    """Return what a page says, without its tags (a word found is highlighted)."""
    return TAG.sub("", body.decode())


@dataclass(frozen=True)
class Subject:
    """What changes: a row, the list that search answers, and every place where ``{word}`` must then be read."""

    model: str
    slug: str
    path: str
    shown: Mapping[str, str]


LEVER = Subject(
    "lever",
    CHANGED,
    addresses.LIST,
    {
        "catalogue": addresses.LIST,
        "fiche": f"{addresses.LIST}{CHANGED}/",
        "API": f"{addresses.API}?q={{word}}",
        "API de la fiche": f"{addresses.API}{CHANGED}/",
    },
)
CALL = Subject(
    "call",
    CHANGED_CALL,
    call_addresses.LIST,
    {
        "page de l'appel": f"{call_addresses.LIST}{CHANGED_CALL}/",
        "API": f"{call_addresses.API}?q={{word}}",
        "flux": f"{call_addresses.RSS}?q={{word}}",
        "calendrier": f"{call_addresses.ICS}?q={{word}}",
    },
)


def time_rebuild(server: Server, changer: Changer, subject: Subject) -> dict:
    """Return by how many seconds the first page after a change is late, and which pages did not show the change."""
    late, warm, stale = [], [], set()
    with Visitor(server.port) as visitor:
        for number in range(TIMES):
            word = f"zorvelin{chr(ord('a') + number) * 3}"
            asked = f"{subject.path}?q={word}"
            visitor.get(asked)
            warm.append(median(visitor.get(f"{subject.path}?q={quote('santé')}").seconds for _ in range(3)))
            changer.change({subject.slug: f"Banc {word}"}, subject.model)
            first = visitor.get(asked)
            late.append(first.seconds - warm[-1])
            if word not in words_of(first.body):
                stale.add("recherche")
            for name, path in subject.shown.items():
                if word not in words_of(visitor.get(path.format(word=word)).body):
                    stale.add(name)
    return {"median": median(late), "worst": max(late), "warm": median(warm), "stale": sorted(stale)}


@dataclass
class Watch:
    """Answers of a page that shows both levers, while both change together."""

    port: int
    until: float
    seen: list[tuple[float, tuple[int, ...]]] = field(default_factory=list)
    problem: BaseException | None = None

    def run(self) -> None:
        """Ask again and again, and note when the question left and which versions came back."""
        try:
            with Visitor(self.port) as visitor:
                while time.monotonic() < self.until:
                    started = time.monotonic()
                    body = visitor.get(f"{addresses.LIST}?q=bascule").body
                    self.seen.append((started, tuple(map(int, VERSION.findall(words_of(body))))))
        except (BenchError, OSError) as problem:
            self.problem = problem


def watch_versions(server: Server, changer: Changer) -> dict:
    """Return how many answers were seen during changes, how many mixed two versions, how many were stale."""
    commits = [change_both(changer, 0)]
    with Visitor(server.port) as visitor:
        typical = visitor.get(f"{addresses.LIST}?q=bascule").seconds
    pause = max(0.25, 2 * typical)
    watches = [Watch(server.port, time.monotonic() + min(WATCHING, (TIMES + 1) * 2 * pause)) for _ in range(WATCHERS)]
    threads = [threading.Thread(target=watch.run) for watch in watches]
    for thread in threads:
        thread.start()
    while time.monotonic() + pause < watches[0].until:
        time.sleep(pause)
        commits.append(change_both(changer, len(commits)))
    for thread in threads:
        thread.join()
    if problems := [watch.problem for watch in watches if watch.problem]:
        raise BenchError(f"pendant un changement : {problems[0]}")
    return judge_versions([seen for watch in watches for seen in watch.seen], commits)


def change_both(changer: Changer, version: int) -> float:
    """Give both levers the same new title, up to their name, in one transaction."""
    return changer.change({slug: f"Bascule du banc {version} {slug}" for slug in (CHANGED, OTHER)})


def judge_versions(seen: list[tuple[float, tuple[int, ...]]], commits: list[float]) -> dict:
    """Tell apart answers that are whole, mixed (two versions, or one of the levers lost) and stale.

    ``commits`` holds, version by version, when it was committed: a question that left
    later must not be answered with an older one.
    """
    mixed = [versions for _, versions in seen if len(versions) < 2 or len(set(versions)) > 1]
    stale = [
        versions
        for started, versions in seen
        if versions and min(versions) < max(n for n, commit in enumerate(commits) if commit <= started or n == 0)
    ]
    return {"answers": len(seen), "changes": len(commits) - 1, "mixed": len(mixed), "stale": len(stale)}
