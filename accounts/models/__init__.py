from .review_task import ReviewTask
from .user import User

__all__ = ["ReviewTask", "User"]
