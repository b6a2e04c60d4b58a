"""Templates whose fixed parts are rendered once: what changes from one request to the next is put in afterwards.

The frame of a page (header, menu, footer, forms) is the same for every visitor who is
not signed in, and costs a template engine more than all the rest of a list. It is
rendered once for an address with a mark where each value goes; a request then joins
texts. ``render`` on the same template with the same values gives the same page, which
is what signed-in visitors get and what a test compares.

A template used so only *shows* these values (``{{ name }}``): it decides nothing on them.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

MARK = re.compile(r"<(\d+)>")
"""Where a value goes: no tag begins with a digit, and every text that somebody wrote has its ``<`` escaped."""


class Frame:
    """The fixed texts of a rendered template, and the names of the values between them."""

    def __init__(self, html: str, names: list[str]):
        pieces = MARK.split(html)
        self._texts = pieces[::2]
        self._names = [names[int(number)] for number in pieces[1::2]]

    def filled(self, values: Mapping[str, object]) -> str:
        """Return the page with these values, escaped as the template would have."""
        parts = [self._texts[0]]
        for name, text in zip(self._names, self._texts[1:], strict=True):
            parts += (conditional_escape(values[name]), text)
        return "".join(parts)


class Frames:
    """The frames of a process, by template, address and names."""

    def __init__(self):
        self._kept: dict[tuple, Frame] = {}

    def render(self, request: HttpRequest, template: str, values: Mapping[str, object]) -> str:
        """Return a template rendered with these values and nothing else of the request than its path."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
            return render_to_string(template, dict(values), request)
        key = (template, request.path, *values)
        frame = self._kept.get(key)
        if frame is None:
            names = list(values)
            marks = {name: mark_safe(f"<{number}>") for number, name in enumerate(names)}
            frame = self._kept[key] = Frame(render_to_string(template, marks, request), names)
        return frame.filled(values)

    def render_for(self, request: HttpRequest, template: str, values: Mapping[str, object], fixed: Mapping) -> str:
        """Return a template rendered for somebody who is signed in, with these values and what is ``fixed``.

        ``fixed``: what the template may decide on, and can be told from something else by comparing: a frame is kept
        for each. The name of the person and the token of their forms are put in as the values are. Where something
        just happened to them (messages), the page is rendered as it is.
        """
        mine = {"user": request.user, "csrf_token": get_token(request)}
        if "messages" in request.COOKIES or len(get_messages(request)):
            return render_to_string(template, {**fixed, **values}, request)
        instructs = bool(getattr(request.user, "instructs", False))
        key = (template, request.path, instructs, *values, *fixed.values())
        frame = self._kept.get(key)
        if frame is None:
            names = [*values, *mine]
            marks = {name: mark_safe(f"<{number}>") for number, name in enumerate(names)}
            told = {**fixed, **marks, "user": Somebody(marks["user"], instructs)}
            frame = self._kept[key] = Frame(render_to_string(template, told, request), names)
        return frame.filled({**values, **mine})


class Somebody:
    """Whoever is signed in, as a frame is rendered for: the header shows a name, and asks whether they instruct."""

    is_authenticated = True

    def __init__(self, name: SafeString, instructs: bool):
        self._name, self.instructs = name, instructs

    def __str__(self) -> str:
        return self._name


FRAMES = Frames()
