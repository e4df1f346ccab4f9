"""What a text says about itself: title, speaker, occasion, host body, date, place.

From front matter, from the head of the text (title, subtitle, date line, speaker line) and from its foot. The values
are the text's own words; a masked value (XX书记, ×月×日) stays masked, and what is not said stays unknown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.corpus import lines
from kg.corpus.dates import DATE, EDTF, MASK, SMALL, YEAR, edtf, is_masked
from kg.corpus.encoding import fold
from kg.corpus.sessions import session_of

# Names of fields as front matter, records and pages write them → the field. Others are kept under their own name.
FIELDS: dict[str, str] = {
    alias: field
    for field, aliases in {
        "title": "title headline 标题 題目 题目 標題 讲话标题 文题",
        "speaker": "speaker author 讲话人 講話人 主讲人 发言人 报告人 演讲者 演讲人 致辞人 讲话者 作者 署名",
        "occasion": "occasion event meeting 会议 會議 会议名称 场合 活动 會議名稱",
        "host": "host host_body organiser organizer 主办 主办单位 主办机关 主辦單位 召开单位 承办单位",
        "date": "date year time published 日期 时间 時間 讲话时间 会议时间 年份 发表时间 发布时间 发布日期 讲话日期",
        "place": "place location region 地点 地點 地区 地區 会议地点 讲话地点",
        "url": "url link 链接 网址 原文链接",
    }.items()
    for alias in aliases.split()
}
HEADERS = frozenset(FIELDS) | {"source", "tags", "category", "来源", "來源", "出处", "类型", "体裁", "关键词", "编号"}
"""Names that open a line of a header block without ``---``."""

BLOCK = re.compile(r"\s*---[ \t]*\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
ENTRY = re.compile(r"([\w\u3400-\u9fff .-]{1,30}?)[ \t]*(?:：|:(?=\s|$))[ \t]*(.*)")
HEADER = re.compile(r"[【\[]?([A-Za-z_]{2,12}|[\u3400-\u9fff]{2,5})[】\]]?\s*[：:]\s*(.+)")

NAME = r"[\u3400-\u9fff]{2,4}"
OFFICE = (
    r"(?:总理|书记|主席|主任|[省市县区州镇乡村部厅局院校司处科]长|检察长|秘书长|会长|行长|董事长|组长|委员长|常委|代表"
    r"|专员|司令员|政委)"
)
SPEAKER_LABEL = re.compile(r"[（(]?(?:讲话人|主讲人|发言人|报告人|演讲人|致辞人|作者)[：:]\s*([^\n（）()]{2,40})[）)]?")
_WORDS = r"[^\s。，！？：；、《》“”]"
OFFICE_SPEAKER = re.compile(
    rf"((?:{_WORDS}{{1,24}}[、\s])*{_WORDS}{{0,24}}{OFFICE})[ \u3000]*({NAME}|[\u3400-\u9fff]?{MASK}|{MASK})"
)
MASKED_SPEAKER = re.compile(rf"(?:[\u3400-\u9fff]{{0,14}}?)({MASK}|[\u3400-\u9fff]?{MASK})(?:同志|{OFFICE})?")
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳邴松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘"
    "厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛"
    "寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩厍聂"
    "晁勾敖融冷辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代闫覃岳帅亢况有琴商佟佘佴伯赏墨哈谯笪年爱阳仝"
)

_SPEECH = "讲话|报告|发言|致辞|致词|讲稿|党课|总结|表态|演讲|谈话|贺词|祝词|开幕词|闭幕词|主持词|动员|说明"
END = rf"(?:{_SPEECH})(?:讲话|报告|发言|辞|词|提纲|摘要|稿)?"
SPOKEN_AT = re.compile(rf"在(.{{3,60}})(?:上|中|时)(?:的?.{{0,8}}?{END})?$")
SPOKEN_BY = re.compile(
    rf"((?:[^\s，。]{{0,16}}{OFFICE})?({NAME}?))(?:同志)?[：:]?在.{{3,60}}(?:上|中|时)的?.{{0,8}}?{END}$"
)
MEETING_END = re.compile(r"(?:会|会议|大会|全会|座谈|论坛|仪式|活动|讲座|班|典礼|年会|例会|两会|学习)$")
ADOPTED = re.compile(rf"(?:[（(]{YEAR}年{SMALL}月(?:{SMALL}日)?)在?([^（）]{{3,40}}(?:会议|大会|全会))(?:上?通过|审议)")
TRAILER = re.compile(
    r"\s*[（(](?:节选|摘要|全文|摘登|摘编|草稿|提纲|代拟稿|审议稿|讨论稿|.{0,12}[日年大]|.{0,8}会议?)[）)]$"
)
CONGRESS = re.compile(r"[（(]((?:党的)?[一二三四五六七八九十]{1,3}大)[）)]")
PLACE_NAMED = (
    r"[\u3400-\u9fff]{1,8}?(?:省|自治区|特别行政区)|[\u3400-\u9fff]{2,4}?(?:市|州|盟)"
    r"|[\u3400-\u9fff]{1,5}?(?:县|区|旗|镇|乡)"
)
PLACE = re.compile(rf"(?:中共|中国共产党)?((?:{PLACE_NAMED})(?:{PLACE_NAMED}){{0,2}})")
NO_PLACE_START = (
    "全",
    "各",
    "我",
    "本",
    "该",
    "省",
    "市",
    "县",
    "区",
    "乡",
    "镇",
    "州",
    "在",
    "中",
    "国",
    "机关",
    "基层",
    "有关",
    "关于",
)
NO_PLACE_END = (
    "城市", "都市", "地区", "社区", "园区", "景区", "小区", "校区", "城区", "辖区", "片区", "库区", "灾区", "山区",
    "林区", "牧区", "矿区", "开发区", "高新区", "试验区", "示范区", "保税区", "功能区", "自贸区", "新区", "特区",
    "军区", "战区", "选区", "城镇", "乡镇", "村镇", "集镇", "城乡", "家乡", "下乡", "上市", "超市", "股市", "门市",
    "夜市", "省区", "直辖市", "地级市", "县级市", "市区", "县区", "老区", "工业区", "商业区", "贫困县", "自治区",
    "自治州", "自治县", "自治旗",
)  # fmt: skip
LEVEL = re.compile(r".*?(?:特别行政区|自治区|自治州|自治县|省|市|州|盟|县|区|旗|镇|乡)")

_AREA = r"(?:[\u3400-\u9fff]{2,8}?[省市县区州旗镇乡]|[省市县区州旗镇乡])"
ORGAN = (
    r"(?:全国人民代表大会|中国共产党|中华人民共和国国务院|国务院|全国政协"
    rf"|{_AREA}委(?:常委会|宣传部|组织部|统战部|政法委)?"
    rf"|{_AREA}?(?:人大常委会机关党组|人大常委会机关|人大常委会|人大机关|人民代表大会|人民政府|政协机关|政协|人大"
    r"|纪委监委|纪委|监委|政府|总工会|妇联|团委|法院|检察院))"
)
# ×届, 第X次 and the like stand between a body and its meeting; a meeting of its members is not its own.
HOST_IN_TITLE = re.compile(
    rf"(?:第?(?:[一二三四五六七八九十百]{{1,4}}|\d{{1,3}}|{MASK})[届次])?((?:中共)?{ORGAN})"
    r"(?!副?书记|副?主任|委员|常委(?!会)|代表|领导|干部|负责|老同志)"
    r"(?=第|[一二三四五六七八九十]{1,3}届|\d|机关|工作|作风|全体|常|党|[^的]{0,14}会)"
)
HOST_DECIDES = re.compile(
    r"(?:^|[。，；：！\s])((?:市|省|县|区|州|镇|乡)委|[\u3400-\u9fff]{0,8}(?:党组|常委会|人民政府|政府|党委|党工委))"
    r"(?:经?研究)?决定[^。]{0,20}(?:开展|召开|举行|举办|组织)"
)
REPORT_BY = re.compile(rf"(?:{YEAR}年)?(.{{2,20}}(?:人民政府|国务院|人大常委会|人民法院|人民检察院))(?:政府)?工作报告")


class Metadata(NamedTuple):
    """What could be found; None where the text is silent. ``date`` is EDTF or, unreadable, the text's words.

    ``date_from`` are the words from which a date was inferred that the text does not state; see ``kg.corpus.sessions``.
    """

    title: str | None = None
    speaker: str | None = None
    occasion: str | None = None
    host: str | None = None
    date: str | None = None
    place: str | None = None
    date_from: str | None = None


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Read the block at the start of a text that describes it: its fields, and the length of the block.

    Two forms: ``key: value`` lines between ``---`` lines (the YAML of static sites; values are read as plain words), or
    lines such as 标题：… and 时间：… at the very start. Anything else is the speech: ({}, 0).
    """
    found = BLOCK.match(text)
    if found:
        fields = _entries(found[1])
        return (fields, found.end()) if fields else ({}, 0)
    fields, end = {}, 0
    for line in re.finditer(r"[^\n]*(?:\n|$)", text):
        words = line[0].strip()
        if not words:
            if line.end() >= len(text):
                break
            continue
        entry = HEADER.fullmatch(words)
        if entry is None or entry[1].lower() not in HEADERS:
            break
        fields[field_name(entry[1])] = entry[2].strip()
        end = line.end()
    return fields, end


def field_name(name: str) -> str:
    """The field that a name stands for (题目 → title), or the name itself."""
    plain = name.strip().lower()
    return FIELDS.get(plain, name.strip())


def find(text: str, given: dict[str, str]) -> Metadata:
    """Find the metadata of a cleaned text; ``given`` (front matter, record fields) has precedence.

    A date in the text replaces a coarser given one that it agrees with (2024 → 2024-03-05).
    """
    head = head_of(text)
    title = given.get("title") or _title(head)
    named = [line for line in [given.get("title", ""), *head] if line]
    occasion = given.get("occasion") or _occasion(named)
    date = _best_date(edtf(given["date"]) if given.get("date") else None, _date(head, text))
    session = session_of(title) if title and not date else None
    host = given.get("host") or _host(occasion, title, text)
    speaker = given.get("speaker") or _speaker(head if not given.get("title") else [given["title"], *head])
    place = given.get("place") or _place([*(s for s in (host, occasion, title, speaker) if s), *head])
    found = (title, speaker, occasion, host, session.year if session else date, place)
    return Metadata(*map(_tidy, found))._replace(date_from=session.words if session else None)


def head_of(text: str) -> list[str]:
    """The lines before the salutation or the first paragraph: title, subtitle, date, speaker."""
    head: list[str] = []
    for found in re.finditer(r"[^\n]+", text[:2000]):
        line = found[0]
        title_like = lines.TITLE_END.search(line) and "。" not in line and len(line) <= 100
        if lines.is_salutation(line) or (len(line) >= lines.LONG and not title_like) or len(head) >= 10:
            break
        if line[-1] in "。；，" or (lines.MARKER.match(line) and not line.startswith(("——", "（", "("))):
            break
        head.append(line)
    return head


def _entries(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    key = ""
    for line in block.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        item = re.fullmatch(r"\s+(?:-\s+)?(.+)|-\s+(.+)", line)
        if item and key:
            more = _unquoted((item[1] or item[2]).strip())
            fields[key] = f"{fields[key]}、{more}" if fields[key] not in ("", "|", ">") else more
            continue
        entry = ENTRY.fullmatch(line.strip())
        if entry is None:
            return {}
        key = field_name(entry[1])
        fields[key] = _unquoted(entry[2].strip())
    return {key: value for key, value in fields.items() if value}


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"" else value


def _title(head: list[str]) -> str | None:
    """The title: the lines before subtitle, date and speaker; else the line that says where the speech was given."""
    main: list[str] = []
    for line in head:
        if (
            line.startswith(("—", "（", "(", "──"))
            or lines.DATE_LINE.match(line)
            or re.match(rf"{YEAR}年.*[上日]$", fold(line))
            or _is_speaker(line)
        ):
            if main:
                break
            continue
        main.append(line)
        if lines.TITLE_END.search(fold(line)) or len(main) == 3:
            break
    title = " ".join(main)
    if not title:
        title = next((line.lstrip("—─ ") for line in head if lines.TITLE_END.search(line)), "")
    return TRAILER.sub("", TRAILER.sub("", title)) or None


def _occasion(named: list[str]) -> str | None:
    """The meeting: 在…会议上的讲话, 2024年3月5日在…会议上, （…会议通过）; else a congress in brackets."""
    for line in named:
        # The folded line is as long as the line: what matches there is cut out here.
        plain = fold(line)
        start = re.match(rf"[—─－\- （(《]*(?:{YEAR}年(?:{SMALL}月)?(?:{SMALL}日)?)?(?:.{{2,20}}(?=在))?", plain)
        begin = start.end() if start else 0
        if begin and plain[begin : begin + 1] != "在":
            begin = len(plain) - len(plain.lstrip("—─－- （(《"))
        trailer = TRAILER.search(plain)
        spoken = SPOKEN_AT.match(plain[: trailer.start() if trailer else len(plain)], begin)
        if spoken and MEETING_END.search(spoken[1]):
            return line[spoken.start(1) : spoken.end(1)]
        adopted = ADOPTED.search(plain)
        if adopted:
            return line[adopted.start(1) : adopted.end(1)]
    for line in named:
        congress = CONGRESS.search(line)
        if congress:
            return congress[1]
    return None


def _host(occasion: str | None, title: str | None, text: str) -> str | None:
    """The body whose meeting or report it is, by the title's words; else the body that “decides to hold” it."""
    for words in (occasion, title):
        if not words:
            continue
        plain = fold(words)
        report = REPORT_BY.search(plain)
        if report:
            start = report.start(1) + (year.end() if (year := DATE.match(report[1])) else 0)
            return words[start : report.end(1)]
        named = HOST_IN_TITLE.match(plain)
        if named:
            return words[named.start(1) : named.end(1)]
    decides = HOST_DECIDES.search(text[:800])
    return decides[1] if decides else None


def _speaker(head: list[str]) -> str | None:
    for line in head:
        label = SPEAKER_LABEL.fullmatch(line)
        if label:
            return label[1].strip()
    for i, line in enumerate(head):
        # A name alone on the first line may be a title; an office and a name before a title are the speaker.
        if _is_speaker(line) and (i > 0 or (len(head) > 1 and OFFICE_SPEAKER.fullmatch(fold(line)))):
            return line.strip("（）() ")
    for line in head:
        spoken = SPOKEN_BY.fullmatch(fold(TRAILER.sub("", line)).lstrip("—"))
        if spoken and spoken[2] and (spoken[2][0] in SURNAMES or is_masked(spoken[2])):
            return spoken[1]
    return None


def _is_speaker(line: str) -> bool:
    plain = fold(line).strip("（）() ")
    if len(plain) > 40 or lines.TITLE_END.search(plain) or plain[-1:] in "上会":
        return False
    office = OFFICE_SPEAKER.fullmatch(plain)
    if office:
        return bool(re.search(MASK, office[2])) or office[2][0] in SURNAMES
    if re.fullmatch(NAME, plain):
        return plain[0] in SURNAMES and len(plain) <= 3
    return bool(MASKED_SPEAKER.fullmatch(plain)) and bool(re.search(MASK, plain))


def _date(head: list[str], text: str) -> str | None:
    """The date of a date line or a dated subtitle in the head, or of a line that is a date at the foot."""
    for line in head:
        plain = fold(line)
        date_line = lines.DATE_LINE.match(plain) and len(plain) <= 40
        subtitle = re.match(rf"[—─（( ]*{YEAR}年{SMALL}月", plain)
        if date_line or subtitle or re.match(r"\d{4}年.{2,30}工作报告", plain):
            return _readable(plain)
    for line in text[-200:].split("\n")[-3:]:
        plain = fold(line).strip("（）() ")
        found = DATE.fullmatch(plain)
        if found and (found[2] or found[6]):
            return _readable(plain)
    return None


def _readable(words: str) -> str | None:
    value = edtf(words)
    return value if value != words or EDTF.fullmatch(value) else None


def _best_date(given: str | None, found: str | None) -> str | None:
    if given and found and found.startswith(given) and len(found) > len(given):
        return found
    return given or found


def _place(named: list[str]) -> str | None:
    """The administrative place that the words name, outermost first (浙江省/绍兴市); never a masked one."""
    for words in named:
        plain = fold(re.sub(rf"^(?:——)?(?:{YEAR}年(?:{SMALL}月(?:{SMALL}日)?)?)?在?(?:第.{{1,4}}[届次])?", "", words))
        found = PLACE.match(plain)
        if found is None or is_masked(found[1]):
            continue
        levels = LEVEL.findall(found[1])
        if levels and all(_is_place(level) for level in levels):
            return "/".join(levels)
    return None


def _is_place(name: str) -> bool:
    stem = re.sub(r"(?:特别行政区|自治区|自治州|自治县|省|市|州|盟|县|区|旗|镇|乡)$", "", name)
    bare = name.endswith(NO_PLACE_END) and not (
        len(stem) >= 2 and name.endswith(("自治区", "自治州", "自治县", "特别行政区"))
    )
    return bool(stem) and not name.startswith(NO_PLACE_START) and not bare


def _tidy(value: str | None) -> str | None:
    return re.sub(r"\s+", " ", value).strip() or None if value else None
