"""What cms itself shows through the API: pages that mix apps. Addresses are collected in api.py."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from cms.my_work import due_words, my_work
from people.enums import ApiArea
from people.rest.views import Resource


class TaskSerializer(serializers.Serializer):
    """One line of My work."""

    title = serializers.CharField()
    hint = serializers.CharField()
    due = serializers.DateField(allow_null=True)
    due_words = serializers.SerializerMethodField(help_text="What the page says about it.")
    url = serializers.CharField(help_text="The page to do it on.")

    def get_due_words(self, task) -> str:
        """Was due, due, open until."""
        return str(due_words(task)[0])


class GoOnSerializer(serializers.Serializer):
    """The module to go on with, and where."""

    title = serializers.CharField()
    unit_title = serializers.CharField()
    done = serializers.IntegerField(help_text="Units finished.")
    total = serializers.IntegerField(help_text="Units in all.")
    minutes_left = serializers.IntegerField()
    url = serializers.CharField(help_text="The page to go on at.")


class MyWorkSerializer(serializers.Serializer):
    """What stands on My work."""

    duties = TaskSerializer(many=True, help_text="To do, the earliest first.")
    going_on = TaskSerializer(many=True, help_text="Begun and not finished.")
    coming = TaskSerializer(many=True, help_text="Coming by itself.")
    waiting = TaskSerializer(many=True, help_text="Waiting for others.")
    go_on = GoOnSerializer(source="feature", allow_null=True)
    completed = serializers.IntegerField(help_text="Modules completed.")
    certificates = serializers.IntegerField(help_text="Certificates that stand.")


class MyWorkView(Resource):
    """My work."""

    area = ApiArea.ME
    serializer_class = MyWorkSerializer
    pagination_class = None

    @extend_schema(operation_id="my_work")
    def retrieve(self, request, *args, **kwargs):
        """What waits for me

        The lines of the page My work: to do, begun, coming, and waiting for others.
        """
        return self.shown(my_work(request.user))
