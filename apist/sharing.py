"""Pages that everybody sees alike: kept, told to shared caches, and never served stale.

A view that shows nothing but content says so with :func:`share`. Its answer then
carries a seal (``ETag``) made of the version of the content, of the day until which
it holds, and of the address. A cache must ask again each time (``no-cache``); the
question costs one small query, and the answer is mostly « not modified ».

Everything else is personal by default: neither kept here nor by anybody else.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from actors.models import ContentVersion
from apist.clock import now, today

VARIES_WITH = ("Cookie", "HX-Request", "HX-History-Restore-Request")
"""What may change the answer at one address: who is signed in, and whether htmx asks for a part of the page."""

FOR_EVER = "0"
SEAL = re.compile(r'^(?:W/)?"(?P<token>-?\d+)\.(?P<until>[\dT:-]+)\.(?P<digest>[0-9a-f]{24})"$')
KEPT_BYTES = 4_000_000
"""What a process keeps of whole pages: the front page, the catalogue, some hundred sheets, plain or compressed."""


def content_token(request: HttpRequest) -> int:
    """Return the version of the content for this request, read once (one query)."""
    token = getattr(request, "_content_token", None)
    if token is None:
        token = request._content_token = ContentVersion.current()
    return token


def wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the part of a page that changes; going back in history asks for the whole."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def share(response: HttpResponse, token: int, until: date | datetime | None) -> HttpResponse:
    """Say that an answer shows nothing but the content of a version, and until which day or moment (excluded)."""
    response.shared_as = (token, until)
    return response


def _release() -> bytes:
    """Return a digest of the code and of the templates: a page of before an update is not a page of today."""
    digest = blake2b(f"{settings.MODE} {settings.CONTACT_EMAIL}".encode(), digest_size=16)
    folders = ("actors", "apist", "levers", "projects", "templates", "static")
    for path in sorted(p for folder in folders for p in (settings.BASE_DIR / folder).rglob("*") if _is_code(p)):
        digest.update(path.read_bytes())
    return digest.digest()


def _is_code(path: Path) -> bool:
    return path.suffix in (".py", ".html", ".css", ".js", ".typ")


HEAVY = 250_000
"""Bytes of an answer that is not kept whole: one calendar of a thousand calls would chase forty sheets."""


class Pages:
    """Whole answers by address, the least recently used forgotten first; bounded by their bytes."""

    def __init__(self, limit: int = KEPT_BYTES):
        self._limit = limit
        self._lock = Lock()
        self._answers: OrderedDict[tuple, tuple[str, dict, bytes]] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple) -> tuple[str, dict, bytes] | None:
        """Return the seal, the headers and the body kept for a request."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: tuple, seal: str, response: HttpResponse) -> None:
        """Keep an answer."""
        if len(response.content) > HEAVY:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = (seal, dict(response.items()), response.content)
            self._bytes += len(response.content)
            while self._bytes > self._limit:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: tuple) -> None:
        if (dropped := self._answers.pop(key, None)) is not None:
            self._bytes -= len(dropped[2])

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._answers.clear()
            self._bytes = 0


PAGES = Pages()


class SharingMiddleware:
    """Answer from what is kept where it still holds; else seal what views share, and close the rest to caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.release = _release()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if request.method not in ("GET", "HEAD") or _is_known(request):
            return _closed(self.get_response(request))
        digest = self._digest(request)
        if (answer := self._not_modified(request, digest) or _kept(request)) is not None:
            return answer
        response = self.get_response(request)
        shared = getattr(response, "shared_as", None)
        if shared is None or response.status_code != 200 or response.cookies:
            return _closed(response)
        token, until = shared
        seal = f'W/"{token}.{_said(until)}.{digest}"'
        response.headers["ETag"] = seal
        response.headers["Cache-Control"] = "public, no-cache"
        patch_vary_headers(response, VARIES_WITH)
        if request.method == "GET" and not request.META.get("QUERY_STRING"):
            PAGES.put(_key(request), seal, response)
        return response

    def _digest(self, request: HttpRequest) -> str:
        """Return what tells this answer from those at other addresses, of other hosts, of other releases."""
        scheme = "s" if request.is_secure() else ""
        part = "h" if wants_part(request) else ""
        text = f"{scheme}\n{part}\n{request.get_host()}\n{request.get_full_path()}"
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12, key=self.release).hexdigest()

    def _not_modified(self, request: HttpRequest, digest: str) -> HttpResponse | None:
        """Return 304 where the caller's seal is that of this address and still holds."""
        seal = request.META.get("HTTP_IF_NONE_MATCH", "")
        found = SEAL.match(seal)
        if not found or found["digest"] != digest or not _holds(request, found):
            return None
        answer = HttpResponseNotModified(headers={"ETag": seal, "Cache-Control": "public, no-cache"})
        patch_vary_headers(answer, VARIES_WITH)
        return answer


def _said(until: date | datetime | None) -> str:
    """Return until when an answer holds, as its seal says it: a day, or a moment to the second in France."""
    if isinstance(until, datetime):
        return timezone.localtime(until).replace(tzinfo=None).isoformat(timespec="seconds")
    return until.isoformat() if until else FOR_EVER


def _is_over(until: str) -> bool:
    here = today().isoformat()
    if "T" in until:
        here = timezone.localtime(now()).replace(tzinfo=None).isoformat(timespec="seconds")
    return here >= until


def _holds(request: HttpRequest, seal: re.Match) -> bool:
    until = seal["until"]
    return (until == FOR_EVER or not _is_over(until)) and int(seal["token"]) == content_token(request)


def _kept(request: HttpRequest) -> HttpResponse | None:
    """Return the whole answer kept for this address, where there is one that holds."""
    if request.META.get("QUERY_STRING"):
        return None
    kept = PAGES.get(_key(request))
    if kept is None or not _holds(request, SEAL.match(kept[0])):
        return None
    return HttpResponse(kept[2], headers=kept[1])


def _key(request: HttpRequest) -> tuple:
    compressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    return (request.is_secure(), request.get_host(), request.path, wants_part(request), compressed)


def _is_known(request: HttpRequest) -> bool:
    """Tell whether the visitor may see something of their own: signed in, or with a message to read."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _closed(response: HttpResponse) -> HttpResponse:
    """Say that nobody may keep this answer, unless it says otherwise itself."""
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
    return response
