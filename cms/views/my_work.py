"""My work: the one home page of everyone signed in."""

from django.shortcuts import render


def my_work(request):
    return render(request, "cms/my_work.html", {})
