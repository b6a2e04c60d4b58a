"""The alerts as curators see them: what people follow, and how many. Never who."""

from django.contrib import admin
from django.db.models import Count, F, Window

from apist.clock import now
from levers.alerts.matching import calls_at, in_words
from levers.calls.board import Calls
from levers.models import Alert


class AlertAdmin(admin.ModelAdmin):
    """A list that is read: alerts are changed by the holders of their links alone; addresses are not shown."""

    list_display = ["__str__", "followers", "frequency", "state", "created_at", "mails"]
    list_filter = ["state", "frequency"]
    search_fields = ["query"]
    search_help_text = "Une partie de la recherche suivie, comme dans une adresse : region=76"
    list_per_page = 50
    fields = ["watched", "frequency", "state", "created_at", "confirmed_at", "next_run_at", "mails"]

    def get_queryset(self, request):
        """Count with each alert those that follow the same search; leave the addresses in the base."""
        same = Window(Count("pk"), partition_by=[F("query")])
        return super().get_queryset(request).defer("email", "key").annotate(same_search=same)

    def get_list_display(self, request) -> list:
        """Put first what is followed, worked out from one reading of the calls for all the rows."""
        calls = calls_at(now())

        @admin.display(description="recherche suivie")
        def watched(alert: Alert) -> str:
            return _sentence(alert, calls)

        return [watched, *self.list_display[1:]]

    @admin.display(description="recherche suivie")
    def watched(self, alert: Alert) -> str:
        """Return what is followed, in words."""
        return _sentence(alert, calls_at(now()))

    @admin.display(description="alertes sur la même recherche", ordering="same_search")
    def followers(self, alert: Alert) -> int:
        """Return how many alerts follow the same search."""
        return alert.same_search

    def has_add_permission(self, request) -> bool:
        """Nobody subscribes somebody else."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes what somebody asked for."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Stopping belongs to the holder of the link; who asks for erasure is answered with it."""
        return False


def _sentence(alert: Alert, calls: Calls) -> str:
    """Return what an alert follows, on one line."""
    return " ; ".join(f"{label} : {value}" for label, value in in_words(alert.query, calls)) or "Tous les appels"
