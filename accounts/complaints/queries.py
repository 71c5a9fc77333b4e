"""Reads complaints."""

from django.db.models import QuerySet

from accounts.models import Account, Complaint


def of_account(account: Account) -> QuerySet[Complaint]:
    """Return the account's complaints, the newest first."""
    return Complaint.objects.filter(account=account).order_by("-made_at", "-pk")


def open_ones() -> QuerySet[Complaint]:
    """Return those that wait for an answer, the most urgent first."""
    return Complaint.objects.filter(answered_at=None).order_by("due_on", "made_at", "pk")


def find(code: str) -> Complaint | None:
    """Return the complaint of this code, however it was typed."""
    plain = "".join(code.split()).replace("-", "").upper()
    return Complaint.objects.select_related("account").filter(code=plain).first()
