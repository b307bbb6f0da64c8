"""Make the roles and what they may do in Wagtail. Repeatable: it brings groups to the state described here."""

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from people.enums import Role

WORKFLOW = "Second pair of eyes"
TASK = "A moderator reads it"
PAGE_RIGHTS = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.MODERATOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
FILE_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
OTHER_RIGHTS = {Role.MODERATOR: (("people", "change_identity"),)}


class Command(BaseCommand):
    help = "Make the groups of the roles, their rights in the content admin, and the moderation of pages."

    @transaction.atomic
    def handle(self, *args, **options):
        root = Page.get_first_root_node()
        files = Collection.get_first_root_node()
        for role in Role:
            group, _made = Group.objects.get_or_create(name=role.value)
            give_page_rights(group, root, PAGE_RIGHTS.get(role, ()))
            give_file_rights(group, files, FILE_RIGHTS if role in PAGE_RIGHTS else ())
            give_other_rights(group, role)
        Group.objects.filter(name__in=["Editors", "Moderators"]).delete()  # Wagtail's own, which stand for no role here
        moderate(root, Group.objects.get(name=Role.MODERATOR.value))
        if options["verbosity"]:
            self.stdout.write("Roles: " + ", ".join(role.value for role in Role))


def give_page_rights(group: Group, root: Page, codenames: tuple[str, ...]) -> None:
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    GroupPagePermission.objects.filter(group=group, page=root).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def give_file_rights(group: Group, files: Collection, codenames: tuple[str, ...]) -> None:
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    )
    GroupCollectionPermission.objects.filter(group=group, collection=files).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)


def give_other_rights(group: Group, role: Role) -> None:
    """Entry to the content admin for editors and moderators, the name and mark for moderators; nothing for others."""
    wanted = [("wagtailadmin", "access_admin")] if role in PAGE_RIGHTS else []
    wanted += OTHER_RIGHTS.get(role, ())
    group.permissions.set(Permission.objects.get(content_type__app_label=app, codename=name) for app, name in wanted)


def moderate(root: Page, moderators: Group) -> None:
    """What an editor submits anywhere is read by a moderator before it is published."""
    task = GroupApprovalTask.objects.filter(name=TASK).first() or GroupApprovalTask.objects.create(name=TASK)
    task.groups.set([moderators])
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=Task.objects.get(pk=task.pk), defaults={"sort_order": 1})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
