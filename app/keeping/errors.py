"""What the page refuses, with the status of the reply."""

from __future__ import annotations

from index.errors import KnowledgeBaseError


class Refused(KnowledgeBaseError):
    """A request that cannot be met.

    :param problem: what is wrong, in Chinese.
    :param remedy: what the user can do, in Chinese.
    :param status: HTTP status of the reply.
    """

    def __init__(self, problem: str, remedy: str, status: int) -> None:
        super().__init__(problem, remedy)
        self.status = status


def unwritable(place: object, error: OSError) -> Refused:
    """Say that a file could not be written.

    :param place: where.
    :param error: of the system.
    :return: the error to raise.
    """
    return Refused(f"不能写入 {place}（{error.strerror or error}）", "知识库未动；请检查磁盘空间和权限后重试", 507)
