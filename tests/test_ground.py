"""The ground: settings are explained and refuse what is wrong, production is closed by default, the image builds."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("actors", "apist", "levers", "projects")
READERS = ("text", "boolean", "integer", "listing", "secret", "database", "daemon")
PRODUCTION = {
    "APIST_MODE": "production",
    "SECRET_KEY": "zR4-8wQ_uT1kYb6vNfJ3hLxD0sGcA9eMiPo2yVtKqWnB7rSdFgHjCmXaUlZ5",
    "ALLOWED_HOSTS": "portail.exemple.fr",
    "SITE_URL": "https://portail.exemple.fr",
    "DATABASE_URL": "postgresql://apist:mot@127.0.0.1:1/apist",
    "EMAIL_HOST": "smtp.exemple.fr",
    "DEFAULT_FROM_EMAIL": "Portail APIST <portail@exemple.fr>",
}


def manage(*words: str, var: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run manage.py in its own process, with this environment and nothing of ours."""
    clean = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "APIST_VAR_DIR": str(var)} | environment
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=60)


# --- Settings are explained -----------------------------------------------


def names_read_by_the_portal() -> set[str]:
    """Return the names given to the readers of apist.env, wherever they are called."""
    found = set()
    sources = [ROOT / "manage.py", *(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))]
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "env"
                and node.func.attr in READERS
            ):
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{source}:{node.lineno}: the name must be written out"
                found.add(name.value)
    return found


def names_read_by_the_commands() -> set[str]:
    """Return the names that the scripts of bin/ read."""
    scripts = [path for path in (ROOT / "bin").iterdir() if path.is_file()]
    read = {name for path in scripts for name in re.findall(r'os\.environ\.get\("(\w+)"', path.read_text())}
    return read - {"PATH"}


def names_explained() -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))


def test_every_setting_is_explained_and_every_explained_setting_exists():
    read = names_read_by_the_portal()
    assert len(read) > 10
    assert read | names_read_by_the_commands() == names_explained()


def test_the_environment_is_read_in_one_place():
    allowed = {"apist/env.py", "apist/wsgi.py"}
    readers = {
        str(file.relative_to(ROOT))
        for name in PACKAGES
        for file in (ROOT / name).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", file.read_text())
    }
    assert readers <= allowed


# --- Wrong values stop the start ------------------------------------------

REFUSED = [
    ({"APIST_MODE": "prod"}, "demonstration, production, test"),
    ({"APIST_DEBUG": "oui"}, "true ou false"),
    ({"EMAIL_PORT": "smtp"}, "nombre entier"),
    ({"EMAIL_USE_TLS": "1"}, "true ou false"),
    ({"BEHIND_TLS_PROXY": "yes"}, "true ou false"),
    ({"LOG_LEVEL": "verbose"}, "DEBUG, INFO, WARNING, ERROR"),
    ({"CLAMAV_ADDRESS": "localhost:3310"}, "tcp://hote:port"),
    ({"CLAMAV_ADDRESS": "tcp://localhost"}, "tcp://hote:port"),
    ({"CLAMAV_ADDRESS": "tcp://localhost:clamd"}, "tcp://hote:port"),
    ({"CLAMAV_ADDRESS": "unix://clamd.ctl"}, "unix:///chemin"),
    ({"DATABASE_URL": "mysql://localhost/apist"}, "postgresql://utilisateur"),
    ({"DATABASE_URL": "postgresql://localhost"}, "postgresql://utilisateur"),
    (PRODUCTION | {"SECRET_KEY": ""}, "secrets.token_urlsafe"),
    (PRODUCTION | {"SECRET_KEY": "court"}, "50 caractères"),
    (PRODUCTION | {"SECURE_HSTS_SECONDS": "-1"}, "nombre entier"),
    (PRODUCTION | {"SECURE_SSL_REDIRECT": "non"}, "true ou false"),
    (PRODUCTION | {"DATABASE_CONN_MAX_AGE": "1.5"}, "nombre entier"),
]


def wrong_name(environment: dict[str, str]) -> str:
    """Name the case by the one value that is wrong."""
    return next(f"{name}={value}" for name, value in environment.items() if PRODUCTION.get(name) != value)


@pytest.mark.parametrize(("environment", "remedy"), REFUSED, ids=[wrong_name(case) for case, _ in REFUSED])
def test_a_wrong_value_stops_the_start_and_says_what_to_write(environment, remedy, tmp_path):
    answer = manage("check", var=tmp_path, **environment)
    assert answer.returncode != 0
    last_line = answer.stderr.strip().splitlines()[-1]
    assert wrong_name(environment).split("=")[0] in last_line
    assert remedy in last_line


# --- Production -----------------------------------------------------------


def test_production_passes_django_s_own_checklist_and_ours(tmp_path, clamd):
    environment = PRODUCTION | {"CLAMAV_ADDRESS": clamd.address}
    answer = manage("check", "--deploy", "--fail-level", "WARNING", var=tmp_path, **environment)
    assert answer.returncode == 0, answer.stderr


def test_production_does_not_start_without_a_secret_key(tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    answer = manage("check", var=tmp_path, **environment)
    assert answer.returncode != 0
    assert "SECRET_KEY manque" in answer.stderr


# --- What is installed, what is built -------------------------------------


@pytest.mark.parametrize("name", ["base", "test", "lint", "s3"])
def test_requirements_are_pinned_and_name_no_registry(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    loose = [
        line for line in lines if line and not re.fullmatch(r"[A-Za-z0-9_.-]+(\[[\w,]+\])?==[0-9][0-9A-Za-z.]*", line)
    ]
    assert not loose
    assert not re.search(r"https?:|file:|\bpypi\b|index-url", text)


@pytest.mark.parametrize("name", ["test", "lint"])
def test_requirement_sets_agree_with_one_another(name):
    def pins(name: str) -> dict[str, str]:
        found = re.findall(
            r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.M
        )
        return {package.lower().replace("_", "-"): version for package, version in found}

    base, other = pins("base"), pins(name)
    assert {p: v for p, v in other.items() if p in base and base[p] != v} == {}


def test_the_image_builds(tmp_path):
    """Only the installation is left out: it needs the network and would take a minute."""
    venv, var = tmp_path / "venv", tmp_path / "var"
    command = [sys.executable, "bin/image-build", "--no-install", "--venv", str(venv), "--var", str(var)]
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (var / "static" / "staticfiles.json").exists()
    assert not (var / "apist.sqlite3").exists()
    started = manage("check", var=var, **PRODUCTION)
    assert started.returncode == 0, started.stderr


def test_the_image_runs_the_steps_that_are_tried_and_not_as_root():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert any(line.startswith("RUN python bin/image-build ") for line in lines)
    assert [line for line in lines if line.startswith("USER ")] == ["USER apist"]
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
    assert "SECRET_KEY" not in "\n".join(lines)


def test_secrets_and_data_do_not_enter_the_image():
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env*", ".venv", "var"} <= set(ignored)


def test_no_migration_is_missing(tmp_path):
    answer = manage("makemigrations", "--check", "--dry-run", var=tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr
