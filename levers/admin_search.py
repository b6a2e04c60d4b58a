"""Curation of search: the groups of synonyms, with what each would change, and the searches that find nothing."""

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.dateformat import format as in_words
from django.utils.html import format_html

from actors.admin import CuratedAdmin
from actors.models import ContentVersion
from apist.clock import today
from levers.catalogue import current_catalogue
from levers.models import SearchWithoutResult, Synonym
from levers.models.synonym import sought
from levers.recording import first_month_kept
from levers.synonym_preview import Change, changes_of

SLUG_LENGTH = Synonym._meta.get_field("slug").max_length
SHOWN = 20
"""How many levers a preview names for one search: the first ones are those that people see."""


class SynonymForm(forms.ModelForm):
    """A group; its identifier may be left to the portal."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Vide : tiré de la première expression. Ne change plus ensuite."

    def clean_expressions(self) -> str:
        """Keep one expression a line, without blank lines or doubled spaces."""
        return "\n".join(Synonym(expressions=self.cleaned_data["expressions"]).expression_list)

    def clean(self) -> dict:
        """Name the group after its first expression where the curator did not."""
        data = super().clean()
        if "slug" in self.fields and not data.get("slug") and data.get("expressions"):
            data["slug"] = sought(data["expressions"].splitlines()[0]).replace(" ", "-")[:SLUG_LENGTH].strip("-")
        return data


class SynonymAdmin(CuratedAdmin):
    """The groups. What one would change is shown before it is saved, by the search itself."""

    form = SynonymForm
    change_form_template = "admin/curation/synonym_change_form.html"
    fields = ["expressions", "shared", "note", "slug"]
    list_display = ["__str__", "note", "shared"]
    list_filter = ["shared"]
    search_fields = ["expressions", "note", "slug"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Keep the identifier of a group that exists: fixtures know it by that name."""
        return ["slug"] if obj else []

    def get_urls(self) -> list:
        """Add the two previews, of a new group and of one that exists."""
        preview = self.admin_site.admin_view(self.preview)
        return [
            path("add/apercu/", preview, name="levers_synonym_preview_add"),
            path("<path:object_id>/apercu/", preview, name="levers_synonym_preview"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Give the page the address of its preview."""
        context["preview_url"] = _address("preview", obj) if obj else _address("preview_add")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """Show the page as it was typed, checked as saving would, with what would change. Nothing is saved."""
        synonym = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and synonym is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        allowed = self.has_change_permission(request, synonym) if synonym else self.has_add_permission(request)
        if not allowed:
            raise PermissionDenied
        back = _address("change", synonym) if synonym else _address("add")
        if request.method != "POST":
            return HttpResponseRedirect(back)
        saved = synonym.expression_list if synonym else []
        fields = flatten_fieldsets(self.get_fieldsets(request, synonym))
        form = self.get_form(request, synonym, change=bool(synonym), fields=fields)(request.POST, instance=synonym)
        searches = searches_of(form.instance, saved) if form.is_valid() else None
        return self._as_typed(request, form, synonym, back, {"searches": searches})

    def _as_typed(self, request, form, synonym: Synonym | None, back: str, extra: dict) -> HttpResponse:
        """Return the admin's own page for a form that is neither saved nor lost."""
        readonly = self.get_readonly_fields(request, synonym)
        page = AdminForm(form, list(self.get_fieldsets(request, synonym)), {}, readonly, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": "Aperçu d'un groupe de synonymes",
            "adminform": page,
            "object_id": str(synonym.pk) if synonym else None,
            "original": synonym,
            "is_popup": False,
            "to_field": None,
            "media": self.media + page.media,
            "inline_admin_formsets": [],
            "errors": AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            **extra,
        }
        return self.render_change_form(request, context, synonym is None, synonym is not None, back, synonym)


def _address(page: str, synonym: Synonym | None = None) -> str:
    return reverse(f"admin:levers_synonym_{page}", args=[synonym.pk] if synonym else [])


def searches_of(synonym: Synonym, saved: list[str]) -> list[dict]:
    """Return what would change, by expression: those of the group, then those that it would lose."""
    catalogue = current_catalogue(today(), ContentVersion.current())
    groups = [*Synonym.objects.exclude(pk=synonym.pk).groups(), tuple(synonym.expression_list)]
    then = catalogue.index.changed((), (), groups, catalogue.words)
    expressions = dict.fromkeys([*synonym.expression_list, *saved])
    titles = {card.key: card.title for card in catalogue.cards.values()}
    return [_search_shown(change, titles) for change in changes_of(catalogue.index, then, expressions)]


def _search_shown(change: Change, titles: dict) -> dict:
    """Return one search in words: what is found today and then, and what each lever becomes."""
    added, removed = set(change.added), set(change.removed)
    before = [(titles[key], "retiré" if key in removed else "") for key in change.before]
    after = [(titles[key], "ajouté" if key in added else "") for key in change.after]
    sides = [("Aujourd'hui", before), ("Avec ce groupe", after)]
    return {
        "change": change,
        "sides": [
            {"title": title, "total": len(rows), "rows": rows[:SHOWN], "others": max(len(rows) - SHOWN, 0)}
            for title, rows in sides
        ],
    }


class MonthFilter(admin.SimpleListFilter):
    """The months for which something is kept."""

    title = "mois"
    parameter_name = "mois"

    def lookups(self, request, model_admin):
        """Offer the months, the last one first."""
        months = model_admin.get_queryset(request).order_by("-month").values_list("month", flat=True).distinct()
        return [(month.isoformat(), in_words(month, "F Y")) for month in months]

    def queryset(self, request, queryset):
        """Keep one month; an unknown one is none."""
        offered = {value for value, _ in self.lookup_choices}
        return queryset.filter(month=self.value()) if self.value() in offered else queryset


class SearchWithoutResultAdmin(admin.ModelAdmin):
    """What people looked for in vain: read here, written by visitors' searches alone.

    A row can be deleted, so that a curator removes at once what should not have been
    kept; it can be neither added nor changed.
    """

    list_display = ["text", "times", "month_in_words", "try_again", "add_synonym"]
    list_display_links = None
    list_filter = [MonthFilter]
    search_fields = ["text"]
    list_per_page = 50

    def get_queryset(self, request):
        """Leave out the months that the next recording will delete."""
        return super().get_queryset(request).filter(month__gte=first_month_kept(today()))

    def get_list_display(self, request) -> list[str]:
        """Propose a synonym only to those who may add one."""
        allowed = request.user.has_perm("levers.add_synonym")
        return self.list_display if allowed else [name for name in self.list_display if name != "add_synonym"]

    def has_add_permission(self, request) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes a count."""
        return False

    @admin.display(description="mois", ordering="month")
    def month_in_words(self, row: SearchWithoutResult) -> str:
        """Return the month as people say it."""
        return in_words(row.month, "F Y")

    @admin.display(description="catalogue")
    def try_again(self, row: SearchWithoutResult) -> str:
        """Link to the catalogue with these words: it may find something by now."""
        return _link("lever-list", {"q": row.text}, "Essayer", row)

    @admin.display(description="synonyme")
    def add_synonym(self, row: SearchWithoutResult) -> str:
        """Link to a new group that starts with these words."""
        return _link("admin:levers_synonym_add", {"expressions": row.text}, "Ajouter un synonyme", row)


def _link(name: str, parameters: dict, label: str, row: SearchWithoutResult) -> str:
    """Return a link whose words say, for those who do not see the row, what it is about."""
    address = reverse(name, query=parameters)
    return format_html('<a href="{}">{}<span class="visually-hidden"> : {}</span></a>', address, label, row.text)
