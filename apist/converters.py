"""What an address may hold where it names a row."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class RowNumber(IntConverter):
    """The number of a row (``<row:pk>``): one that both engines can hold, so that any other is simply not found."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")
