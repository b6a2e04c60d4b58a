"""What the counts of dossiers add to public pages: a lever's delays and outcomes, the page of figures.

Named in the settings (``SHEET_PARTS``, ``STATISTICS_PARTS``): the catalogue does not know dossiers.
"""

from django.template.loader import render_to_string

from apist.clock import now
from apist.page_parts import Part
from levers.models import Lever
from projects.procedures.catalogue import for_lever
from projects.steering.disclosure import FEWEST
from projects.steering.public import current_public


def outcomes_of(lever: Lever, token: int) -> Part:
    """Return the delays and outcomes of a lever's dossiers; nothing before the first count, or where none counts."""
    public = current_public(now(), token)
    found = public.of_lever(lever.slug) if for_lever(lever.slug) else None
    if found is None:
        return Part("", public.until)
    context = {"found": found, "at": public.at, "fewest": FEWEST}
    return Part(render_to_string("instruction/steering/of_lever.html", context), public.until)


def public_figures(token: int) -> Part:
    """Return what the portal publishes of dossiers: nothing that stands for fewer than five, nothing confidential."""
    public = current_public(now(), token)
    context = {
        "public": public,
        "shown_levers": [one for one in public.levers if one.dossiers is not None],
        "hidden_levers": [one.name or "les autres" for one in public.levers if one.dossiers is None],
        "shown_regions": [(name, n) for name, n in public.regions if n is not None],
        "hidden_regions": [name or "non précisée" for name, n in public.regions if n is None],
        "fewest": FEWEST,
    }
    return Part(render_to_string("instruction/steering/public.html", context), public.until)
