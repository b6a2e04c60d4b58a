"""What everything is compared with: a Django view without middleware that returns 30 KB made in advance."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = b"<!doctype html><title>30 KB</title><p>" + b"Trente kilooctets de texte. " * 1_096
BODY = BODY[: 30 * 1024]


def bare(request: HttpRequest) -> HttpResponse:
    """Return the page. Without its length the server would send it in chunks, which is slower."""
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})


urlpatterns = [path("", bare)]

settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"], SECRET_KEY="bare", LOGGING_CONFIG=None)
application = get_wsgi_application()
