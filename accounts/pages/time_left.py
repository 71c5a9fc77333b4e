"""What a page's script is told of how long something lasts."""

from datetime import datetime

from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.timezone import localtime


def until(end: datetime) -> JsonResponse:
    """Return the seconds that are left, and the time as pages write it."""
    left = end - timezone.now()
    clock = time_format(localtime(end), "g:iA").lower()
    return JsonResponse({"seconds": int(left.total_seconds()), "until": clock})
