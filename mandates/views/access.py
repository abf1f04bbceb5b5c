"""Who is let in to a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponseBase]


def only_with(permission: str, refusal: Any, *others: str) -> Callable[[View], View]:
    """Let only people in who have a permission; others sign in, or are told that they may not.

    Args:
        permission: its full name.
        refusal: the sentence for those who are signed in without it.
        others: permissions that do as well.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                sign_in = redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
                # htmx would follow the redirect and put the sign-in page into the middle of this one.
                return HttpResponseClientRedirect(sign_in["Location"]) if request.htmx else sign_in
            if not any(request.user.has_perm(each) for each in (permission, *others)):
                raise PermissionDenied(str(refusal))
            return view(request, *args, **kwargs)

        return checked

    return guard
