"""The glossary: every acronym on one page, by letter, the homonyms side by side."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apist.sharing import content_token, share
from levers.glossary.book import by_letter, current_glossary
from levers.search import MAX_TEXT


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show the words that answer ``q``; all of them without it."""
    book = current_glossary(content_token(request))
    text = request.GET.get("q", "")[:MAX_TEXT]
    found = book.search(text)
    context = {"asked": text, "letters": by_letter(found), "found": len(found), "total": len(book.entries)}
    return share(render(request, "glossary/page.html", context), book.token, until=None)
