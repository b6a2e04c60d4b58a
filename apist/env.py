"""Readers of the environment that refuse what they do not understand.

A wrong value stops the start with a message that says what to write. ``os.environ``
is read here and nowhere else; ``tests/test_ground.py`` checks that every name
read is explained in ``docs/settings.md``.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "", *, choices: tuple[str, ...] = ()) -> str:
    """Return a text; one of ``choices`` where there are any."""
    value = os.environ.get(name, default).strip()
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} n'est pas accepté. Écrivez : {', '.join(choices)}.")
    return value


def boolean(name: str, default: bool = False) -> bool:
    """Return True or False; only ``true`` and ``false`` are understood."""
    value = os.environ.get(name, "true" if default else "false").strip()
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name}={value!r} n'est pas accepté. Écrivez true ou false.")
    return value == "true"


def integer(name: str, default: int, *, low: int = 0) -> int:
    """Return a whole number, at least ``low``."""
    value = os.environ.get(name, str(default)).strip()
    if not value.isdecimal() or int(value) < low:
        raise ImproperlyConfigured(f"{name}={value!r} n'est pas accepté. Écrivez un nombre entier d'au moins {low}.")
    return int(value)


def listing(name: str, default: str = "") -> list[str]:
    """Return the values of a list written with commas."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def secret(name: str, *, demonstration: bool) -> str:
    """Return a secret of 50 characters or more; the demonstration may do without."""
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < 50 and not demonstration:
            raise ImproperlyConfigured(f"{name} est trop court : donnez au moins 50 caractères tirés au hasard.")
        return value
    if demonstration:
        return "demonstration-only-this-key-protects-nothing-and-production-refuses-it"
    raise ImproperlyConfigured(
        f"{name} manque. Tirez-en un au hasard : python -c 'import secrets; print(secrets.token_urlsafe(64))'."
    )


def daemon(name: str) -> str:
    """Return the address of a service on this machine or another, or nothing.

    Accepted: ``tcp://host:port`` and ``unix:///path``.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return ""
    parts = urlsplit(value)
    try:
        known = parts.hostname and parts.port if parts.scheme == "tcp" else parts.scheme == "unix" and not parts.netloc
    except ValueError:  # a port that is no number
        known = False
    if not known or (parts.scheme == "tcp") == bool(parts.path.strip("/")):
        raise ImproperlyConfigured(f"{name}={value!r} n'est pas compris. Écrivez tcp://hote:port ou unix:///chemin.")
    return value


def database(name: str, default_path: Path, *, required: bool = False) -> dict:
    """Return Django's description of a database address, SQLite at ``default_path`` unless one is ``required``.

    Accepted: ``sqlite:///chemin`` and ``postgresql://user:password@host:port/name?key=value``
    (a host given as ``?host=/directory`` is a Unix socket).
    """
    value = os.environ.get(name, "").strip()
    if not value and required:
        raise ImproperlyConfigured(f"{name} manque. Écrivez postgresql://utilisateur:motdepasse@hote:5432/base.")
    parts = urlsplit(value or f"sqlite:///{default_path}")
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:])}
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} n'est pas compris. Écrivez sqlite:///chemin/base.sqlite3 "
            "ou postgresql://utilisateur:motdepasse@hote:5432/base."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
