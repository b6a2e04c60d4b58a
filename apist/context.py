"""What every page knows besides its own content."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict:
    """Return the mode, so that the demonstration says that it is one."""
    return {"demonstration": settings.MODE == "demonstration"}
