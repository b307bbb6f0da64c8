"""Pages of a list: the next one is reached by a cursor, so that rows that come or go meanwhile move nothing."""

from django.core.exceptions import ValidationError as ModelError
from django.db import DataError
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """At most 100 rows a page, 25 unless asked. Each view says by what its rows are ordered (`list_order`)."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100
    page_size_query_description = "Rows a page, from 1 to 100; 25 unless said."
    cursor_query_description = "Take it from `next` or `previous`; it means nothing else."

    def get_ordering(self, request, queryset, view):
        """The order of the view; the key comes last, so that the order is always whole."""
        return view.list_order

    def decode_cursor(self, request):
        """Where the last page ended; one database would look for a NUL and the other would refuse it."""
        cursor = super().decode_cursor(request)
        if cursor is not None and "\x00" in (cursor.position or ""):
            raise NotFound
        return cursor

    def paginate_queryset(self, queryset, request, view=None):
        """One page; a cursor that is none of ours is the caller's mistake, not a page that went."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, TypeError, OverflowError, ModelError, DataError):
            raise ValidationError({"?cursor": ["This cursor is not one of ours."]}) from None

    def get_schema_operation_parameters(self, view):
        """What the description says about both parameters."""
        rows = super().get_schema_operation_parameters(view)
        for row in rows:
            if row["name"] == self.page_size_query_param:
                row["schema"] |= {"minimum": 1}
        return rows

    def get_page_size(self, request):
        """The size asked for, as far as it is one."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and int(asked[:9]) > 0):
            raise ValidationError({"?page_size": ["Say a whole number from 1 on."]})
        return min(int(asked[:9]), self.max_page_size)
