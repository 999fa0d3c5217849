"""Makes small OFD files, page by page, out of text at places in millimetres."""

from word_files import zipped

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.0


def text(words, x=28.0, y=40.0, size=SIZE, deltas=None, extra="", inner=""):
    """Make a text object whose baseline begins at a place; the characters stand close, as Chinese type does."""
    steps = deltas if deltas is not None else " ".join(str(size / 2 if char.isascii() else size) for char in words[:-1])
    return (
        f'<ofd:TextObject ID="9" Font="1" Size="{size}" Boundary="{x} {y - size} 180 {size * 1.2}" {extra}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0, y0, x1, y1):
    """Make a straight line."""
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {x1 - x0 + 1} {y1 - y0 + 1}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(*objects, template=""):
    """Make a page's content."""
    return f"<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer ID='2'>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(*pages, common="", document="", **parts):
    """Make an OFD of pages and further parts of its document's folder, named with __ for a slash."""
    listed = "".join(f'<ofd:Page ID="{place}" BaseLoc="Pages/Page_{place}.xml"/>' for place in range(len(pages)))
    body = (
        f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>"
    )
    root = f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    files = {f"Doc_0/Pages/Page_{place}.xml": content for place, content in enumerate(pages)}
    files |= {f"Doc_0/{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    return zipped({"OFD.xml": root, "Doc_0/Document.xml": body, **files})
