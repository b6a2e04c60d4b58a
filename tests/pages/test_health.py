"""What those who watch over the portal ask it: is it alive, is it ready."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import django; django.setup()
from django.test import Client
for address in ("/healthz", "/readyz"):
    answer = Client().get(address)
    print(address, answer.status_code, answer.content.decode().strip())
"""


def test_it_is_alive_without_asking_the_database(client):
    answer = client.get("/healthz")  # pytest refuses the database to this test
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_it_is_ready_when_the_database_answers_and_nothing_waits(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_it_is_not_ready_while_a_migration_waits(client):
    last = MigrationLoader(connection).graph.leaf_nodes("levers")[0]
    MigrationRecorder(connection).record_unapplied(*last)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations not applied\n")


def test_it_is_alive_but_not_ready_without_a_database(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "apist.settings",
        "APIST_MODE": "test",
        "APIST_VAR_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://apist:mot@127.0.0.1:1/apist",
    }
    command = [sys.executable, "-W", "ignore", "-c", ASK]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == ["/healthz 200 ok", "/readyz 503 database unreachable"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_are_plain_and_never_kept(address, client):
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies
    assert client.head(address).status_code == 200
