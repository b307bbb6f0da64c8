"""What one person has learnt, plans and is asked: for themselves and nobody else."""

from drf_spectacular.utils import extend_schema

from people.enums import ApiArea
from people.rest.views import Resource
from training.learning_record import record_of
from training.required.requirements import owed_by_one
from training.serializers.record import LearningRecordSerializer, OwedSerializer


class LearningRecordView(Resource):
    """My learning record."""

    area = ApiArea.LEARNING
    serializer_class = LearningRecordSerializer
    pagination_class = None

    @extend_schema(operation_id="learning_record")
    def retrieve(self, request, *args, **kwargs):
        """My learning record

        What the caller has done, plans, is asked and wrote for themselves. No manager, no co-ordinator and no
        organisation can read it.
        """
        return self.answer(self.get_serializer(record_of(request.user)))


class RequiredLearningView(Resource):
    """What is asked of me."""

    area = ApiArea.LEARNING
    serializer_class = OwedSerializer
    pagination_class = None

    @extend_schema(operation_id="required_learning", responses=OwedSerializer(many=True))
    def retrieve(self, request, *args, **kwargs):
        """What is required of me

        What is due comes first, then what is done or need not be done. Staff owe it; partners are asked and are free
        to say no.
        """
        return self.answer(self.get_serializer(owed_by_one(request.user), many=True))
