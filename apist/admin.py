"""What was sent, to be looked at by administrators: nothing is written or changed here, nobody is named."""

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin

from apist import outbox
from apist.models import OutgoingMail, SuspendedAddress

# Secrets and confirmed addresses are nobody's to read or write by hand: their owner does it from the account, and
# what an operator may undo has a command (reset_second_factor).
admin.site.unregister([EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken])


class OnlyLookedAt(admin.ModelAdmin):
    """A list that is read: rows are written by the outbox alone."""

    def has_add_permission(self, request) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes one."""
        return False

    def get_search_results(self, request, queryset, search_term):
        """Look for a whole address by its digest, since the address itself is not kept."""
        if "@" in search_term:
            return queryset.filter(recipient=outbox.digest_of(search_term)), False
        return super().get_search_results(request, queryset, search_term)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(OnlyLookedAt):
    """What became of each mail; texts and addresses are never shown, not even of those that wait."""

    list_display = ["cause", "state", "attempts", "written_at", "settled_at", "bounce", "last_error"]
    list_filter = ["state", "bounce"]
    search_fields = ["cause", "message_id"]
    search_help_text = "Une cause, un Message-ID, ou une adresse électronique entière."
    date_hierarchy = "written_at"
    list_per_page = 50
    fields = [
        "cause", "topic", "state", "attempts", "written_at", "not_before", "claimed_at", "settled_at", "bounce",
        "last_error", "message_id",
    ]  # fmt: skip

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody deletes what may still have to leave; old rows go by themselves."""
        return False


@admin.register(SuspendedAddress)
class SuspendedAddressAdmin(OnlyLookedAt):
    """Addresses to which nothing is sent for a time; deleting a row is sending there again."""

    list_display = ["__str__", "reason", "since"]
    search_fields = ["reason"]
    search_help_text = "Une adresse électronique entière, ou un mot de la raison."
    list_per_page = 50
    fields = ["reason", "since"]
