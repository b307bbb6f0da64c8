"""Where co-ordinators, administrators and editors find their lists, and set the numbers their role is answerable for."""

from django.shortcuts import render


def manage(request):
    return render(request, "cms/manage.html", {})


def policies(request):
    return render(request, "cms/policies.html", {})
