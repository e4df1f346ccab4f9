"""Lists in running text: cutting a stretch of words into its members, and trimming what is not theirs.

All functions work on spans of one text, so that every member keeps its offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from kg.outline import Span

Fits = Callable[[int], bool]
"""Whether a number of members is one that the slogan promises."""

SEPARATORS = (re.compile("[；;]"), re.compile("[，,]"), re.compile("、"), re.compile("[，、,；;]"))
BREAK = re.compile(
    r"(?:为|以|从而|努力|推动|确保|不断|切实|全面|使|让|具有|这|我们|并|着力|进一步|实现|形成|打好|奋力|争取)"
)
LAST_TWO = re.compile(r"(?:以及|和|及|与|跟|同)")
JUNK = ' 　“”‘’"、，,：:。；;'
MUST = re.compile(r"(?:[一二三四五六七八九]个?是要?|就是要|就要|要|就是|即|指|是)(?=[\u4e00-\u9fff]{2})")
BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)")

# Words that lead into a list and are no part of its first member.
LEAD = re.compile(
    r"(?:(?<![所具没拥只享])有|包括|包含|涵盖|分为|分成|围绕|聚焦|紧扣|通过|按照|就是|即|在|以|把|将|对|从|由|是|为|着|了|：)"
)
CASE = re.compile("[把将以对在从使让同与和]")
VERBS = re.compile(
    r"(?:继续|重点|奋力|深入|统筹|积极|大力|全面|扎实|着力|加快|充分|主动|认真|切实|进一步|持续|突出|同时|坚决|坚定|努力|主要|着重)*"
    r"(?:开展|推动|推进|实施|实现|坚持|落实|贯彻|抓好|做好|做到|完成|打造|建设|构建|形成|处理好|把握|把握好|增强|提高|包含|包括|兴办|发挥|打好|围绕"
    r"|聚焦|涉及|着眼于|着眼|盯紧|紧盯|做强|做优|做大|培育|夺取|赢得|组织开展|聚力|建立|树立|协调|牢牢把握|解决|促进|保持|强化|加强|提升|健全|深化)"
)
TRAILING = re.compile(
    r"(?:等(?:方面|内容|工作|活动|环节|任务|措施|重点|问题)?|这?[一二三四五六七八九十两]?(?:个|项|大)?(?:方面|活动|工作|环节|阶段|任务)"
    r"|(?:下(?:狠|真|苦)?功夫|走在前列?|上下功夫))$"
)
OPEN_END = re.compile(r"等(?:等|[，。；）、]|方面|内容|工作|活动|措施)?$|……$")
# What stands before a list and is no part of it, wherever the first member is longer than its likes.
OPENER = re.compile(
    r"(?:(?:我们|我国|全党|必须|应当|应该|要)(?=[把对向将为使让在])|突出强调|[把将对向使让既又也](?=[\u4e00-\u9fff]{4}))+(?:实现(?=推进))?"
)
NO_MEMBER = re.compile(r"[。！？\n]|^的|^[^（(]*[）)]|^这就是|^(?:一系列|一整套|一套|有关|各种)")
GOVERNS = re.compile(  # 严格区别和正确处理|两类矛盾: verbs whose object the counted set is
    r"(?:^|正确|妥善|严格|科学)(?:处理|区别|区分|对待|制造|鼓吹|炮制|实行|贯彻|执行|发挥|调动|搞好|巩固|维护)$|一整?套$"
)


def are_members(text: str, spans: Sequence[Span]) -> bool:
    """Whether pieces can be members at all: words of one sentence each, no two the same, not the verb of the set."""
    words = [text[a:b] for a, b in spans]
    return (
        len(set(words)) == len(words)
        and not any(NO_MEMBER.search(w) for w in words)
        and not (len(words) == 2 and GOVERNS.search(words[1]))
    )


def strip(text: str, start: int, end: int) -> Span:
    """Shrink a span by the punctuation and spaces at both ends."""
    while start < end and text[start] in JUNK:
        start += 1
    while end > start and text[end - 1] in JUNK:
        end -= 1
    return Span(start, end)


def cut(text: str, start: int, end: int, separator: re.Pattern[str]) -> list[Span]:
    """Cut ``text[start:end]`` at a separator, brackets passed over; empty pieces are dropped."""
    covered = [m.span() for m in BRACKET.finditer(text, start, end)]
    pieces, left = [], start
    for m in separator.finditer(text, start, end):
        if any(a <= m.start() < b for a, b in covered):
            continue
        pieces.append(strip(text, left, m.start()))
        left = m.end()
    pieces.append(strip(text, left, end))
    return [p for p in pieces if p.end > p.start]


def members(text: str, start: int, end: int, fits: Fits) -> list[Span]:
    """Cut ``text[start:end]`` into as many members as ``fits`` accepts; [] where no way of cutting does.

    Of several ways the one with the most even members wins; the last piece may be halved at 和, 及, 以及, 与, and a
    list may break off where a clause of another build follows (…，为提高质量打好基础).
    """
    readings: list[tuple[float, int, list[Span]]] = []
    for rank, separator in enumerate(SEPARATORS):
        pieces = cut(text, start, end, separator)
        n = len(pieces)
        if rank and any(SEPARATORS[0].search(text, *p) for p in pieces):
            continue  # a weaker mark does not join what ； parts
        if n > 1 and fits(n):
            if rank == 0:
                return pieces  # nobody writes ； between anything but members
            readings.append((_unevenness(pieces), rank, pieces))
        if 1 <= n <= 12 and fits(n + 1) and (halves := _halved(text, pieces)):
            readings.append((_unevenness(halves) + 0.05, rank, halves))
        for k in range(2, min(n, 13)):
            if fits(k) and BREAK.match(text, *pieces[k]):
                readings.append((_unevenness(pieces[:k]) + 0.1, rank, pieces[:k]))
    return min(readings, key=lambda r: (round(r[0], 2), r[1]))[2] if readings else []


def _unevenness(pieces: list[Span]) -> float:
    """The coefficient of variation of the members' lengths."""
    sizes = [p.end - p.start for p in pieces]
    mean = sum(sizes) / len(sizes)
    return float((sum((s - mean) ** 2 for s in sizes) / len(sizes)) ** 0.5 / mean)


def _halved(text: str, pieces: list[Span]) -> list[Span]:
    last = pieces[-1]
    joints = list(LAST_TWO.finditer(text, last.start + 1, last.end - 1))
    if not joints or (len(pieces) == 1 and len(joints) > 1):
        return []
    sizes = sorted(p.end - p.start for p in pieces[:-1])
    typical = sizes[len(sizes) // 2] if sizes else (last.end - last.start) // 2
    joint = min(joints, key=lambda m: abs(m.start() - last.start - typical))
    return [*pieces[:-1], strip(text, last.start, joint.start()), strip(text, joint.end(), last.end)]


def tidy(text: str, pieces: list[Span]) -> list[Span]:
    """Take from members what is not theirs: brackets, a lead-in before the first, a shared tail after the last."""
    pieces = [_unbracket(text, p) for p in pieces]
    if len(pieces) > 1:
        pieces[0] = _trim_first(text, pieces)
        pieces[-1] = _trim_last(text, pieces)
    return [_drop_must(text, p) for p in pieces]


def _unbracket(text: str, piece: Span) -> Span:
    bracket = BRACKET.search(text, piece.start, piece.end)
    if bracket and bracket.end() >= piece.end - 1:
        return strip(text, piece.start, bracket.start())
    return piece


def _drop_must(text: str, piece: Span) -> Span:
    m = MUST.match(text, piece.start, piece.end)
    return Span(m.end(), piece.end) if m and piece.end - m.end() >= 2 else piece


def _trim_first(text: str, pieces: list[Span]) -> Span:
    """Begin the first member where its likes begin: at their common first character, else behind a leading verb."""
    first, others = pieces[0], pieces[1:]
    heads = Counter(text[p.start] for p in others)
    head, count = heads.most_common(1)[0]
    typical = sorted(p.end - p.start for p in others)[len(others) // 2]
    opener = OPENER.match(text, *first)
    if opener and first.end - first.start > typical and not any(text[p.start] == text[first.start] for p in others):
        first = Span(opener.end(), first.end)
    if text[first.start] == head and count * 2 >= len(others):
        return first
    sizes = {p.end - p.start for p in others}
    tails = {text[p.end - 1] for p in others}
    if len(sizes) == len(tails) == 1 < len(others) and text[first.end - 1] in tails:
        return Span(max(first.start, first.end - sizes.pop()), first.end)  # …党的|政治纪律、组织纪律、廉洁纪律
    if count == len(others) and len(others) > 1:
        at = text.find(head, first.start, first.end)
        if at > 0 and abs((first.end - at) - typical) <= max(2, typical // 2):
            return Span(at, first.end)
    if CASE.match(text, first.start) and not any(CASE.match(text, p.start) for p in others):
        first = Span(first.start + 1, first.end)
    possessed = text.rfind("的", first.start, first.end - 2)
    if possessed > 0 and not any("的" in text[p.start : p.end] for p in others):
        first = Span(possessed + 1, first.end)
    if first.end - first.start <= typical + 1:
        return _undoubled(text, first)
    leads = list(LEAD.finditer(text, first.start, first.end - 1))
    for lead in reversed(leads):
        if first.end - lead.end() >= min(typical, 2):
            first = _undoubled(text, Span(lead.end(), first.end))
            break
    verb = VERBS.match(text, first.start, first.end) or VERBS.search(text, first.start, min(first.start + 5, first.end))
    verbal = sum(VERBS.match(text, p.start, p.end) is not None for p in others)
    if verb and first.end - verb.end() >= 1:
        twice = VERBS.match(text, verb.end(), first.end)
        if twice or verbal * 2 < len(others):
            return Span(verb.end(), first.end)
    return first


def _undoubled(text: str, first: Span) -> Span:
    """实现|推进现代化建设、完成祖国统一…: of two verbs the first one governs the list."""
    verb = VERBS.match(text, *first)
    return Span(verb.end(), first.end) if verb and VERBS.match(text, verb.end(), first.end) else first


def _trim_last(text: str, pieces: list[Span]) -> Span:
    last, others = pieces[-1], pieces[:-1]
    if text[last.end - 1] == "的" and not any(text[p.end - 1] == "的" for p in others):
        last = Span(last.start, last.end - 1)
    tail = TRAILING.search(text, last.start, last.end)
    if tail and tail.start() - last.start >= 1 and not text[others[0].start : others[0].end].endswith(tail[0]):
        last = Span(last.start, tail.start())
    typical = max(p.end - p.start for p in others)
    for suffix in ("专项活动", "活动", "建设", "工作", "工程", "行动"):
        words = text[last.start : last.end]
        if words.endswith(suffix) and len(words) > typical and len(words) - len(suffix) >= 1:
            if not any(text[p.start : p.end].endswith(suffix) for p in others):
                last = Span(last.start, last.end - len(suffix))
            break
    return strip(text, *last)
