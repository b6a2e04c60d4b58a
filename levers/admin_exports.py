"""What leaves the admin as a spreadsheet: the levers and the criteria, one row each.

There is no import: its preview writes styles into the page, which the security
policy of the portal refuses. Content comes in through the forms or the fixtures.
"""

from import_export import fields, resources
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm

from levers.admin_forms import as_lines
from levers.models import Criterion, Lever


class SheetExport(ExportMixin):
    """Export what the list shows, filters included, as CSV or XLSX."""

    formats = [CSV, XLSX]
    # The other form chooses columns with a script written into the page, which is refused too.
    export_form_class = ExportForm

    def has_export_permission(self, request) -> bool:
        """Ask for the right to see: by default the package lets every member of staff export."""
        return self.has_view_permission(request)


class SourcedResource(resources.ModelResource):
    """Rows with their source."""

    source = fields.Field(column_name="source", attribute="source__title", readonly=True)

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field, readonly: bool) -> fields.Field:
        """Name the column as the forms name the field."""
        field = super().field_from_django_field(field_name, django_field, readonly)
        field.column_name = str(django_field.verbose_name)
        return field


class LeverResource(SourcedResource):
    """A lever, in the words of the curators."""

    nature = fields.Field(column_name="nature", attribute="get_nature_display", readonly=True)
    decision_level = fields.Field(
        column_name="niveau de décision", attribute="get_decision_level_display", readonly=True
    )

    class Meta:
        """Without numbers of the base."""

        model = Lever
        exclude = ["id", "categories", "regions"]


class CriterionResource(SourcedResource):
    """A criterion, its values one per line."""

    lever = fields.Field(column_name="levier", attribute="lever__slug", readonly=True)
    values = fields.Field(column_name="valeurs", readonly=True)

    class Meta:
        """Without numbers of the base, the lever first."""

        model = Criterion
        exclude = ["id"]
        export_order = ["lever", "key", "label", "about", "nature", "blocking", "contested", "fact", "operator"]

    def dehydrate_values(self, criterion: Criterion) -> str:
        """Write the values as curators type them."""
        return as_lines(criterion.values)
