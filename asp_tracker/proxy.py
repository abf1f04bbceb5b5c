from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The last address of X-Forwarded-For: the one that our own proxy saw. Those before it may be made up."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return forwarded.rpartition(",")[2].strip() or request.META["REMOTE_ADDR"]
