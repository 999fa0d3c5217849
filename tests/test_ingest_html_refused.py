"""A page that holds no document is refused, and told what it is."""

import pytest
from html_pages import BODY, FOOTER, NAVIGATION, page, page_of

from ingest.errors import NoText, UnreadableFile

LIST = "<ul>" + "".join(
    f"<li><a href='/t{n}.html'>关于做好第{n}批救助工作的通知，请各单位遵照执行</a><span>2024-05-{n:02}</span></li>" for n in range(1, 20)
) + "</ul>"  # fmt: skip
CHALLENGE = "{\"l1\":\"var arg1='5D70';function setCookie(name,value){document.cookie=name+'='+value;}\"}"


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        (f"<textarea style='display:none'>{CHALLENGE}</textarea><p>{CHALLENGE}</p>", "是脚本或验证页，没有正文文字"),
        (
            "<script>var a=1</script><noscript>请开启JavaScript</noscript><div id='app'></div>",
            "是脚本或验证页，没有正文文字",
        ),
        (
            "<title>安全验证</title><p>请完成安全验证后继续访问，拖动滑块完成拼图。</p>",
            "是脚本或验证页（“安全验证”），不是文件",
        ),
        ("<p>正在加载，请稍候……</p><script src='a.js'></script>", "是脚本或验证页（“正在加载”），不是文件"),
        (
            "<title>404 Not Found</title><h1>404</h1><p>您访问的页面可能已被删除或者地址输入有误。</p>",
            "是出错提示页（“404 Not Found”），不是文件",
        ),
        (
            page("<p>抱歉，您访问的页面不存在或已删除！</p>", title="页面不存在"),
            "是出错提示页（“页面不存在”），不是文件",
        ),
        (
            page("<form><p>请输入用户名和密码，登录后查看。</p><input type='password'></form>", title="用户登录"),
            "是登录页，不是文件",
        ),
        (f"<title>通知公告</title><body>{NAVIGATION}{LIST}{FOOTER}</body>", "是目录或列表页（31 条链接），没有正文"),
        (
            page("<p>附件：<a href='a.pdf'>青禾市民政局关于提高低保标准的通知.pdf</a></p>"),
            "网页里没有正文，只有导航和附件链接",
        ),
        (
            "<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>",
            "只有框架，正文在另一个文件里",
        ),
        ("<p>This is a page, with text.</p>", "网页里没有中文"),
        ("<html><body> </body></html>", "网页里没有正文；请确认保存的是完整网页"),
    ],
)
def test_page_without_a_document(markup, message):
    with pytest.raises(NoText) as caught:
        page_of(markup)
    assert str(caught.value).startswith(f"页.html: {message}")


def test_document_that_speaks_of_errors_and_logins_is_read():
    said = "<p>三、页面不存在、无法访问的，由网站主管单位限期整改；登录系统须经安全验证，验证码由系统发送。</p>"
    login = "<form><input type='password'></form>"
    assert len(page_of(page(f"{login}<div>{BODY}{said}</div>")).lines) == 7


def test_page_nested_too_deeply_is_refused():
    with pytest.raises(
        UnreadableFile, match="页.html: 网页标签嵌套超过 2000 层，读不全；请用浏览器打开后重新保存该网页"
    ):
        page_of(page(f"<div>{BODY}{'<div>' * 3000}<p>三、本通知自印发之日起施行。</p></div>"))
