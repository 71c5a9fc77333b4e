"""A security mail and what its reader can follow."""

from accounts.models import Account
from accounts.notices.news import News
from accounts.notices.operations import tell
from tests.accounts import post


def link_of(account: Account, news: News = News.WAY_ADDED) -> str:
    """Tell the account's owner something and return the path of the link in the mail."""
    tell(account=account, news=news)
    return post.newest().path("/safety/")
