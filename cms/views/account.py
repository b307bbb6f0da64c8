"""Your account: name, sign-in and sign-out, in one place. The screens behind the links are allauth's."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from people.models import User


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name"]
        labels = {"name": gettext_lazy("Your name")}
        help_texts = {"name": gettext_lazy("Certificates already issued keep the name they were issued to.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())  # one line, also in mail


@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    person = User.objects.get(pk=request.user.pk)
    form = NameForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("account")
    context = {
        "form": form,
        "posts": person.posts.current().select_related("team", "line_manager"),
        "affiliations": person.affiliations.current().select_related("organisation"),
    }
    return render(request, "cms/account.html", context)
