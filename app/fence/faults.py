"""What is at fault with a request, in Chinese with a remedy, and the status and code that programs read it by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import ClauseNotFound, DocumentNotFound, KnowledgeBaseError, QueryError, VectorStoreAway


@dataclass(frozen=True)
class Fault:
    """出错: an HTTP status (RFC 9110), a code that does not change, what is wrong, what the user can do; and headers of the reply."""

    status: int
    code: str
    message: str
    remedy: str
    headers: tuple[tuple[str, str], ...] = ()

    def json(self) -> dict[str, str]:
        """Give it as JSON holds it."""
        return {"code": self.code, "message": self.message, "remedy": self.remedy}

    def __str__(self) -> str:
        return f"{self.message}；{self.remedy}"


NO_ADDRESS = Fault(404, "not_found", "没有这个网址", "请核对网址，或从首页进入")
FOREIGN = Fault(403, "foreign_origin", "请求来自别的网站，已拒绝", "请在本系统的页面里操作")
BROKEN = Fault(500, "internal_error", "程序出错，这次没有办成", "请再试一次；仍不行时请把时间告诉管理员")
NO_OBJECT = Fault(400, "bad_request", "请求的正文不是一个 JSON 对象", '请写成 {"question": "…"} 这样，用 UTF-8 编码')

_OF_STATUS = {
    400: Fault(400, "bad_request", "请求的写法不对", "请核对参数，写法见 api/v1/docs"),
    404: NO_ADDRESS,
    413: Fault(413, "too_large", "发来的内容太大", "请分成几次发送"),
    500: BROKEN,
    503: Fault(503, "busy", "排队的请求太多", "请稍候再试"),
}
_OF_ERRORS = (
    (DocumentNotFound, 404, "document_not_found"),
    (ClauseNotFound, 404, "clause_not_found"),
    (QueryError, 400, "bad_question"),
    (VectorStoreAway, 503, "base_away"),
)


def fault_of_error(error: KnowledgeBaseError) -> Fault:
    """Tell what an error of the knowledge base is to a program.

    :param error: as it was raised.
    :return: 400 where the question is at fault, 404 where the base does not hold what is asked for, 503 where what finds clauses does
        not answer now, else 500.
    """
    for kind, status, code in _OF_ERRORS:
        if isinstance(error, kind):
            return Fault(status, code, error.problem, error.remedy)
    return Fault(500, "base_fault", error.problem, error.remedy)


def fault_of_status(status: int) -> Fault:
    """Word a status that a library answered with, in its own words.

    :param status: of HTTP, 400 or above.
    :return: the fault.
    """
    near = 400 if status < 500 else 500
    return _OF_STATUS.get(status) or Fault(status, *_words(_OF_STATUS[near]))


def unknown_host(host: str) -> Fault:
    """Say that the application is not asked by this name; 421 is Misdirected Request (RFC 9110).

    :param host: the header Host.
    :return: the fault.
    """
    return Fault(
        421,
        "unknown_host",
        f"本系统不接受以“{host[:100]}”为主机名的请求",
        "请改用本系统的 IP 地址（在本机上是 127.0.0.1），或请管理员在启动时加 --allow-host 主机名",
    )


def wrong_method(method: str, allowed: Sequence[str]) -> Fault:
    """Say that an address is not asked in this way.

    :param method: of the request.
    :param allowed: those that it takes.
    :return: the fault.
    """
    return Fault(
        405,
        "method_not_allowed",
        f"这个网址不接受 {method[:20]} 请求",
        f"请用 {'、'.join(allowed)}",
        (("Allow", ", ".join(allowed)),),
    )


def too_large(limit: int) -> Fault:
    """Say that a body is too long.

    :param limit: how long it may be, in bytes.
    :return: the fault.
    """
    return Fault(413, "too_large", f"发来的内容超过 {limit / (1 << 20):g} MB", "请分成几次发送")


def too_many(seconds: int) -> Fault:
    """Say that a client asks too often.

    :param seconds: after which it may ask again.
    :return: the fault.
    """
    return Fault(429, "too_many_requests", "请求太多太快", f"请过 {seconds} 秒再试", (("Retry-After", str(seconds)),))


def not_ready(progress: str) -> Fault:
    """Say that the base is still being made ready.

    :param progress: how far that has come.
    :return: the fault.
    """
    return Fault(503, "not_ready", f"知识库还在准备：{progress}", "请稍候再试")


def _words(fault: Fault) -> tuple[str, str, str]:
    return fault.code, fault.message, fault.remedy
