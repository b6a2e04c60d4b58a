"""The block in which the first use of each acronym is explained."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from apist.sharing import content_token
from levers.glossary.book import current_glossary
from levers.glossary.explain import explain

register = template.Library()


@register.simple_block_tag(takes_context=True)
def explained(context: Context, content: str, token: int | None = None) -> SafeString:
    """Return what the block holds, each acronym followed by its meaning the first time that it is read.

    ``token`` is the version of the content, where the view read it already; else it is
    asked for, once a request.
    """
    if token is None:
        token = content_token(context["request"])
    return mark_safe(explain(content, current_glossary(token).words))
