"""`manage.py event_stream`: what applications are told of accounts, and whether it arrives."""

from accounts.management.operator_command import OperatorCommand
from idp.management.event_stream_verbs import VERBS


class Command(OperatorCommand):
    """Lists and shows streams of events; pauses, resumes and replays them."""

    help = "List, show, pause, resume or replay the streams of events about accounts."
    verbs = VERBS
