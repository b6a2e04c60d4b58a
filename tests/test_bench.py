"""The bench itself: its arithmetic, its words and data, its clients, and a short run from one end to the other."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from levers.availability import Status
from levers.models import Lever
from levers.rulebook import availability_of
from tests.bench import addresses, builder, load, servers
from tests.bench.arithmetic import median_of_ratios, percentile
from tests.bench.changes import judge_versions
from tests.bench.lines import DOSSIER_LINES, LINES
from tests.bench.load import request
from tests.bench.names import is_draft, published_slugs, real_calls
from tests.bench.targets import dossiers, growth, judge, queries, share_of_bare
from tests.bench.words import EXPONENT, Writer, domain_words, vocabulary

ROOT = Path(__file__).resolve().parent.parent
CORES = ",".join(map(str, sorted(os.sched_getaffinity(0))[:2]))


# --- Arithmetic --------------------------------------------------------------


def test_a_percentile_is_the_smallest_value_that_enough_values_do_not_exceed():
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([7], 0.95) == 7


def test_ratios_are_taken_round_by_round_so_that_a_slow_round_does_not_count():
    assert median_of_ratios([10, 90, 12], [5, 45, 6]) == 2


def test_the_rate_of_a_load_counts_time_spent_and_not_time_elapsed():
    run = load.Load([2.0, 2.0, 4.0], 100)
    assert run.rate == 375
    assert (run.percentile(0.5), run.percentile(0.95)) == (2.0, 4.0)


# --- Verdicts ----------------------------------------------------------------


def rounds(*shares: float, p50: float = 2.0, p95: float = 3.0) -> list[dict]:
    return [{"share": share, "p50": p50, "p95": p95, "rate": 1, "answers": 1, "bytes": 1} for share in shares]


def size(lines: dict, **facts) -> dict:
    return {"lines": lines, "refusals": {}, "problems": {}} | facts


def test_a_target_is_judged_on_the_slowest_line_by_the_median_of_its_rounds():
    engine = {1_000: size({"text": rounds(0.1, 0.2, 0.9), "filter-1": rounds(0.3)})}
    verdict = share_of_bare(engine, "catalogue", 0.15, ("text", "filter-1"), (1_000, 5_000))
    assert (verdict.measured, verdict.met) == ("20,0 % (text, 1000)", True)
    assert share_of_bare(engine, "catalogue", 0.21, ("text", "filter-1"), (1_000,)).met is False


def test_what_could_not_be_measured_is_neither_met_nor_missed():
    assert {verdict.met for verdict in judge({})} == {None}
    engine = {1_000: size({"filter-1": rounds(0.3)}) | {"problems": {"text": "réponse 500"}}}
    verdict = share_of_bare(engine, "catalogue", 0.15, ("text", "filter-1"), (1_000,))
    assert verdict.met is None
    assert "réponse 500" in verdict.measured


def test_what_the_portal_does_not_do_misses_its_target():
    engine = {1_000: size({}) | {"refusals": {"not-modified": "pas d'ETag"}}}
    verdict = share_of_bare(engine, "304", 0.6, ("not-modified",), (1_000,))
    assert (verdict.measured, verdict.met) == ("pas d'ETag", False)


@pytest.mark.parametrize(("large", "met"), [(2.9, True), (3.1, False)])
def test_growth_is_judged_on_the_line_that_grows_most(large, met):
    engine = {
        1_000: size({"text": rounds(1, p50=2.0), "sheet": rounds(1, p50=1.0)}),
        20_000: size({"text": rounds(1, p50=large), "sheet": rounds(1, p50=1.0)}),
    }
    assert growth(engine).met is met


@pytest.mark.parametrize(("large", "met"), [(7.4, True), (7.6, False)])
def test_what_an_officer_reads_may_take_half_as_long_again_among_all_the_dossiers(large, met):
    few, many = ({"officer-list": rounds(0.03, p50=5.0)}, {"officer-list": rounds(0.03, p50=large)})
    ratio, *others, cost = dossiers({12: size(few), 1_000: size(many)})
    assert (ratio.measured, ratio.met) == (f"{large / 5:.2f} (5,0 et {large:.1f} ms)".replace(".", ","), met)
    assert {verdict.met for verdict in others} == {None}
    assert (cost.measured, cost.met) == ("33,3 parmi 500 ; 33,3 parmi 50000", True)


def test_the_list_of_dossiers_may_cost_thirty_six_bare_views_at_every_size():
    engine = {12: size({"officer-list": rounds(0.05)}), 1_000: size({"officer-list": rounds(0.025)})}
    cost = dossiers(engine)[-1]
    assert (cost.target, cost.met) == ("36 vues nues au plus", False)


def test_queries_must_be_few_and_the_same_at_every_size():
    def engine(large: int) -> dict:
        found = {key: {"warm": 2, "cold": 4, "first": 9} for key in ("catalogue", "sheet", "matches", "results")}
        more = found | {"catalogue": {"warm": large, "cold": 4, "first": 9}}
        return {12: size({}, queries=found), 5_000: size({}, queries=more)}

    assert [verdict.met for verdict in queries(engine(2))] == [True, True, True, True]
    assert [verdict.met for verdict in queries(engine(3))] == [False, True, True, False]


def test_an_answer_is_mixed_when_it_shows_two_versions_or_loses_a_lever_and_stale_when_a_newer_one_was_there():
    commits = [10.0, 20.0]
    whole = [(11.0, (0, 0)), (19.9, (1, 1)), (21.0, (1, 1)), (9.0, (0, 0))]
    assert judge_versions(whole, commits) == {"answers": 4, "changes": 1, "mixed": 0, "stale": 0}
    assert judge_versions([(19.0, (0, 1)), (19.0, (1,)), (19.0, ())], commits)["mixed"] == 3
    assert judge_versions([(20.5, (0, 0)), (19.5, (0, 0))], commits)["stale"] == 1


# --- Words and data ----------------------------------------------------------


def test_the_vocabulary_is_large_inflected_accented_and_holds_the_words_that_are_searched_for():
    words = vocabulary()
    assert len(set(words)) == len(words) >= 30_000
    assert sum(not word.isascii() for word in words) > 10_000
    assert set(domain_words()) < set(words)


def test_words_are_drawn_by_zipf_s_law_and_always_the_same():
    text = Writer("test").text(50_000).lower().rstrip(".").split()
    assert Writer("test").text(50_000).lower().rstrip(".").split() == text
    counted = Counter(text)
    expected = (30 / 2) ** EXPONENT
    assert counted[vocabulary()[1]] / counted[vocabulary()[29]] == pytest.approx(expected, rel=0.3)


def fingerprint() -> str:
    rows = Lever.objects.order_by("slug").values_list(
        "slug", "title", "description", "criteria__values", "regions__code"
    )
    return hashlib.sha256(repr(sorted(map(str, rows))).encode()).hexdigest()


def test_the_data_is_the_real_content_and_invented_levers_of_every_status_and_weight(catalogue):
    builder.fill(212)
    levers = Lever.objects.exclude(slug__in=addresses.REAL_SLUGS).prefetch_related("windows", "criteria__conditions")
    assert (Lever.objects.count(), len(levers)) == (212, 200)
    assert {availability_of(lever, date(2026, 11, 22)).status for lever in levers} == set(Status)
    published = Lever.objects.published().filter(slug__startswith="essai-").order_by("slug")
    assert [lever.slug for lever in published] == list(published_slugs(200))
    assert len(published) == 190
    assert any(row.conditions.all() for lever in levers for row in lever.criteria.all())
    parts = ("roles", "steps", "windows", "amounts", "references", "criteria", "categories", "regions")
    rows = sum(1 + sum(getattr(lever, part).count() for part in parts) for lever in levers)
    assert 12 <= rows / 200 <= 22
    texts = ("title", "summary", "objective", "recipients", "description", "calendar", "contact", "status_note")
    assert 1_900 <= sum(len(getattr(lever, text)) for lever in levers for text in texts) / 200 <= 2_700


def test_the_same_size_always_gives_the_same_rows(catalogue):
    builder.fill(60)
    first = fingerprint()
    Lever.objects.filter(slug__startswith="essai-").delete()
    builder.fill(60)
    assert fingerprint() == first


def test_one_invented_lever_in_twenty_is_a_draft():
    assert sum(map(is_draft, range(1_000))) == 50


def test_the_bench_knows_the_real_levers_and_the_values_of_the_facets(catalogue, client):
    assert set(addresses.REAL_SLUGS) == set(catalogue)
    every = [(name, value) for name, values in addresses.FACETS.items() for value in values]
    assert client.get(addresses.address(addresses.API, every)).status_code == 200  # the API refuses unknown values


@pytest.mark.parametrize("line", [one for one in LINES if one not in DOSSIER_LINES], ids=lambda line: line.key)
def test_each_line_asks_for_different_addresses_that_the_portal_knows(line, catalogue, client):
    wanted = line.make(12 if line.sizes(12) else 1_000)
    assert len(set(wanted)) == len(wanted)
    for path in [path for path in wanted if "essai-" not in path][:3]:
        assert client.get(path).status_code == 200, path


def test_the_diagnostic_turns_over_two_hundred_profiles_and_others_are_never_seen_twice():
    warm = set(addresses.profiles(addresses.RESULTS, addresses.PROFILES, "a"))
    assert len(warm) == 200
    assert not warm & set(addresses.profiles(addresses.RESULTS, 10_000, "b"))


def test_cold_pages_exist_in_a_catalogue_of_that_size_and_are_not_the_first():
    pages = addresses.card_pages(1_000)
    assert pages[0].endswith("?page=2")
    last = int(pages[-1].partition("page=")[2])
    assert last * addresses.PAGE <= len(list(published_slugs(1_000)))


# --- Servers and clients -----------------------------------------------------


def test_memory_is_read_in_megabytes():
    rollup = "00-ff ---p 00000000 00:00 0  [rollup]\nRss:  204800 kB\nPss:   102400 kB\nPss_Anon: 1 kB\n"
    assert servers.read_memory(rollup) == {"pss": 100, "rss": 200}


def test_the_server_is_started_as_in_the_image_with_one_worker():
    command = servers.production_command(servers.PORTAL, 1234)
    assert command[3] == "apist.wsgi:application"
    assert "--worker-class gthread --threads 4" in " ".join(command)
    assert command[-2:] == ["--workers", "1"]
    assert "127.0.0.1:1234" in command


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    core = min(os.sched_getaffinity(0))
    log = tmp_path_factory.mktemp("bare") / "log"
    with servers.Server("bare", servers.BARE, core=core, environment=dict(os.environ), log=log) as server:
        yield server


def test_the_bare_view_answers_thirty_kilobytes_over_one_connection_from_its_own_core(bare):
    bare.check("/")
    with load.Visitor(bare.port) as visitor:
        assert len(visitor.get("/").body) == 30 * 1024
    assert os.sched_getaffinity(bare.worker()) == {min(os.sched_getaffinity(0))}
    assert 5 < bare.memory()["pss"] <= bare.memory()["rss"] < 200


CLIENTS = ["python", pytest.param("wrk", marks=pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not here"))]


@pytest.mark.parametrize("client_name", CLIENTS)
def test_a_client_times_every_answer(bare, client_name):
    name, loader = load.choose_loader(client_name)
    assert name == client_name
    run = loader(bare.port, [request("/")], 1, False)
    assert run.count > 20
    assert 30 * 1024 < run.average_size < 31 * 1024
    assert 0 < run.percentile(0.5) <= run.percentile(0.95)
    assert run.rate < 1_000 * run.count


@pytest.mark.parametrize("client_name", CLIENTS)
def test_a_client_asks_each_address_once_when_told(bare, client_name):
    _, loader = load.choose_loader(client_name)
    assert loader(bare.port, [request("/")] * 7, 1, True).count == 7


@pytest.mark.parametrize("client_name", CLIENTS)
def test_a_client_refuses_a_page_that_does_not_exist(bare, client_name):
    _, loader = load.choose_loader(client_name)
    with pytest.raises(load.BenchError):
        loader(bare.port, [request("/nulle-part/")], 1, False)


# --- From one end to the other -----------------------------------------------


def test_a_short_run_measures_the_twelve_levers_and_reports(tmp_path):
    var = tmp_path / "var"
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "APIST_VAR_DIR": str(var)}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True, capture_output=True)
    asked = ("filter-1", "sheet", "matches", "calls-filter-1", "call", "calls-ics-filter", "calls-rss", "procurement")
    words = ["--sizes", "12", "--rounds", "1", "--cores", CORES, "--lines", ",".join(asked)]
    words += ["--data", str(tmp_path / "data"), "--var", str(var), "--report", str(tmp_path / "report.json")]
    command = [sys.executable, "-m", "tests.bench", *words]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    found = report["engines"]["sqlite"]["12"]
    assert set(found["lines"]) == set(asked)
    for line in found["lines"].values():
        assert line[0]["share"] > 0
    assert found["addresses"]["sheet"] == 12
    assert found["queries"]["catalogue"]["first"] >= found["queries"]["catalogue"]["warm"] >= 1
    assert found["queries"]["calls"]["first"] >= found["queries"]["calls"]["warm"] >= 1
    assert found["memory"]["pss"] > 20
    assert found["writes"]["pages"] is False
    assert "| catalogue, 1 filtre | SQLite | 12 |" in ended.stdout
    assert f"| appels, 1 filtre * | SQLite | {len(real_calls())} |" in ended.stdout
    assert (tmp_path / "data" / "sqlite-12.sqlite3").exists()
