"""HTML: the article of a page, without menus, scripts and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.corpus.draft import Draft, Unreadable
from kg.corpus.encoding import Decoded, decode
from kg.corpus.text import read_whole

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
NOT_TEXT = (
    "script, style, noscript, template, iframe, object, svg, canvas, form, button, select, input, nav, footer, aside, "
    "head, [hidden], [aria-hidden=true], .breadcrumb, .breadcrumbs, .share, .related, .copyright, #footer, #nav"
)
# Where Chinese government and news sites keep the article, the surest names first.
ARTICLES = (
    "article", ".TRS_Editor", "#UCAP-CONTENT", ".pages_content", "#zoom", "#Zoom", ".article-content",
    ".article_content", "#articleContent", ".rm_txt_con", ".detail-content", "[itemprop=articleBody]", "main",
    "[role=main]", "#content", ".content",
)  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
CONTAINERS = frozenset(("div", "section", "table", "tbody", "tr", "td", "center"))
SPACE = re.compile(r"[ \t\n\r\f]+")
HAN = re.compile(r"[\u3400-\u9fff]")
TITLES = ("meta[name=ArticleTitle]", "meta[property='og:title']", "meta[name=title]")
DATES = ("meta[name=PubDate]", "meta[property='article:published_time']", "meta[name=publishdate]", "meta[name=date]")


def drafts(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one text of a page: a line a block, cells parted by tabs. Raises Unreadable if no text is found."""
    data = read_whole(stream)
    text, encoding, lost = _decode(data)
    tree = LexborHTMLParser(text)
    fields = _fields(tree)
    for node in tree.css(NOT_TEXT):
        node.decompose()
    body = tree.body
    if body is None:
        raise Unreadable("an HTML page without content")
    content = "\n".join(_lines(_article(body)))
    if not content.strip():
        raise Unreadable("an HTML page without text: perhaps its text is loaded by a script")
    warnings = (f"{lost:,} places are not valid {encoding.upper()} and are shown as U+FFFD",) if lost else ()
    yield Draft(content, fields, encoding=encoding, warnings=warnings)


def _decode(data: bytes) -> Decoded:
    """As for any text; where that finds none, by the charset that the page declares."""
    try:
        return decode(data)
    except Unreadable:
        declared = CHARSET.search(data[:4096])
        if declared is None:
            raise
        try:
            encoding = declared[1].decode("ascii").lower().replace("gb2312", "gb18030").replace("gbk", "gb18030")
            text = data.decode(encoding, "replace")
        except LookupError:
            raise Unreadable(f"unknown charset {declared[1]!r}: save it as UTF-8") from None
        return Decoded(text, encoding, text.count("\ufffd"))


def _fields(tree: LexborHTMLParser) -> dict[str, str]:
    fields = {
        "title": _meta(tree, TITLES),
        "published": _meta(tree, DATES),
        "source": _meta(tree, ("meta[name=ContentSource]",)),
    }
    canonical = tree.css_first("link[rel=canonical]") or tree.css_first("meta[property='og:url']")
    if canonical is not None:
        fields["url"] = canonical.attributes.get("href") or canonical.attributes.get("content") or ""
    heading = tree.css("h1")
    page_title = tree.css_first("title")
    if not fields["title"] and len(heading) == 1:
        fields["title"] = SPACE.sub(" ", heading[0].text()).strip()
    if not fields["title"] and page_title is not None:
        # Sites add their name and section after the title: 标题_栏目_网站, 标题 - 网站.
        fields["title"] = re.split(r"\s*[_|]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+", page_title.text().strip())[0]
    return {name: value.strip() for name, value in fields.items() if value.strip()}


def _meta(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None and (node.attributes.get("content") or "").strip():
            return str(node.attributes["content"])
    return ""


def _article(body: LexborNode) -> LexborNode:
    """The element that holds the article: a known one with most of the page's Chinese, else the deepest that has it."""
    counts = _counts(body)

    def chinese(node: LexborNode) -> int:
        return counts[node.mem_id].chinese

    total = chinese(body)
    for selector in ARTICLES:
        found = max(body.css(selector), key=chinese, default=None)
        if found is not None and chinese(found) * 2 > total:
            return found
    node = body
    while True:
        inner = [child for child in node.iter() if child.tag in CONTAINERS]
        best = max(inner, key=chinese, default=None)
        if best is None or chinese(best) * 5 < total * 4:
            break
        node = best
    for menu in node.css("ul, ol, div"):
        count = counts[menu.mem_id]
        if menu.parent is not None and count.linked > 10 and count.linked * 10 > count.chinese * 6 and menu != node:
            menu.decompose()
    return node


class _Count(NamedTuple):
    """Chinese characters in an element, and how many of them stand in links."""

    chinese: int
    linked: int


def _counts(root: LexborNode) -> dict[int, _Count]:
    """The counts of every element, by the node's id; one pass, for pages may nest very deep."""
    counts: dict[int, _Count] = {}
    open_sums: list[list[int]] = [[0, 0]]
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        if node.tag == "-text":
            open_sums[-1][0] += len(HAN.findall(node.text_content or ""))
        elif closing:
            chinese, linked = open_sums.pop()
            linked = chinese if node.tag == "a" else linked
            counts[node.mem_id] = _Count(chinese, linked)
            open_sums[-1][0] += chinese
            open_sums[-1][1] += linked
        else:
            open_sums.append([0, 0])
            stack.append((node, True))
            stack.extend((child, False) for child in node.iter(include_text=True))
    return counts


def _lines(root: LexborNode) -> Iterator[str]:
    """A line a block or <br>; white space inside as a browser shows it. Iterative: pages may nest very deep."""
    line: list[str] = []
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            line.append(SPACE.sub(" ", node.text_content or ""))
            continue
        if closing and tag in ("td", "th"):
            line.append("\t")
        if tag in BLOCKS or tag == "br":
            yield _line(line)
            line = []
        if not closing:
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    yield _line(line)


def _line(parts: list[str]) -> str:
    return re.sub(r" {2,}", " ", "".join(parts)).strip(" \t")
