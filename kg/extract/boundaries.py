"""Where a name begins: what stands before names and what stands only inside them.

A Chinese name has a head at its end and no mark at its beginning. ``left_edge`` goes left from the head and stops at
the nearest character, verb or adverb that cannot belong to a name.
"""

from __future__ import annotations

from collections.abc import Mapping


def listed(words: str) -> frozenset[str]:
    """The words of a text, separated by white space."""
    return frozenset(words.split())


HARD = frozenset(
    "不与且为也了于仍从他令以们但你使便其再则刚到又及叫可向和哪在均她它对将就已并应当很我或所才把按据是更曾最未正此每比没由的皆着等经给而能自至若被要让该还这那都需靠须有请赴邀好归兼者"
)
"""Characters that end a name on the left, unless the word they are in is one of ``WITHIN``."""

WITHIN = listed(
    """
    友好 美好 良好 爱好  申请 请示 有限 国有 民有 公有 有色 有机 有线 有轨 所有权 共有 以上 以下 以内 以外 共和国 经合 从严 人民共和国 不丹 中等 丰都 为民 主要 于田 于都 人为 人才 从业 从化 以军 会同 会展 会计 会议 作为 使用 使馆 供给 修正 公会
    公正 其他 再生 分会 到位 到期  协会 司令 和平 商会 国会 均衡 大会 大使 天使 学会 审批 对华 对口 对台 对外
    对接 将军 将领 就业 工会 平等 应对 应急 应用 廉正 当代 当地 当涂 当阳 必需 性能 总会 成就 成都 所得 指令 按揭
    教会 数据 昌都 智能 更新 最高 有为 未来 核能 正义 正大 正定 正阳 比如 比较  目的 社会 等级 经开 经济 经营
    经贸 给水 职能 能源 自主 自动 自强 自治 自然 自由 自贸 至上 节能 行为 被告 被服 要塞 要素 议会 证据 财经 都匀
    都市 需求 靠山 首都 高等 不动产 不锈钢 事务所 交易所 以色列 促进会 再就业 卫生所 可再生 可持续 同乡会 基金会 妇联会
    兼并 归侨 秭归 归国 归化 经费 经开 经管 中经 产经 神经 经纬 经合 埃及 普及 刚果 金刚 也门 认可 许可 可可 方向 向阳 导向 定向 和田 和谐 饱和 调和 供应 反应 感应 适应 应城 武当 育才 英才 天才 人才 更生 再保险 再制造 土耳其 正泰 方正 校正 正邦 正安 正宁
    比亚 比赛 比特 伦比 塞尔比 初等 同等 自贡 自费 自考 自控 自救 供给 补给 技能 能量 光能 热能 电能 动能 功能 太阳能 能投 若尔盖 那曲 那坡 机要 要闻 纪要 转让 出让 江都 京都 新都 宜都 武都 花都 乐都 都昌 都安 军需 可靠 自行 私有 稀有 国有资产 公有制
    研究所 看守所 戒毒所 托儿所 招待所 税务所 气象所 设计所 事务所 法令 口令 命令 从化 便民 便利 便捷 使命 司令部 兼并 规则 准则 让胡路 若羌 给排 将乐 就医 皆美 当雄 没药 由衷 皖能 浙能 华能 国能 中能 申能 粤能
    大都会 都会区 记者站 记者协会 记者联合 作者协会 工作者 消费者 志愿者 劳动者 经营者协会 读者 学者 长者 委员会 常委会 未成年 比利时 派出所 理事会 监事会 研究会 研究所 给排水 统战会 联合会 自来水 自行车 董事会 贸促会
    都江堰  红十字会 科学技术和
    """
)
"""Words with a character of ``HARD`` that do occur inside names."""

STRONG = listed(
    """
    开完 赋予 复制 带动 干预 保证 结束 兼顾 扩展 一直 主张 有序 引领 减轻 连同 下设 增设 派来 请来 回去 召集 赶来 同志 前不久 不久前 面向 对表 办理好 推开 开辟 布局 前一段 前段 一段 这一段 向 一个 一些 一家 一所 一批 上报 上述 下发 不少 不得 不断 不能 两个 严格 严肃 为了 主动 举办 举行 乃至 争取
    产生 今天 今年 仍然 他们 以及 任何 任命 任教 会同 会商 会见 传达 位于 体现 作为 使用 例如 供职 依托 依据 依照
    依靠 促使 促成 修改 借助 做好 健全 充分 充实 先后 全体 全力 全面 公布 共有 关于 关注 兴办 其他 其它 具有 兼任
    兼并 再次 准备 几个 出任 出台 出席 分别 切实 列席 创办 创建 利用 制定 制订 前往 办好 加入 加大 加强 加快 加速
    努力 包括 协助 印发 即将 历任 原任 原有 去年 参加 及其 反对 反映 发动 发挥 取得 取消 变成 叫做 召开 可以 各自
    合力 名为 含有 听取 启动 吸收 吸纳 呈报 呼吁 响应 商请 回到 回应 围着 围绕 坚决 坚守 坚持 增强 壮大 处于 多家
    多次 大力 大家 夺取 奋力 完善 完成 实现 审议 宣布 对于 对标 对照 尊崇 尤其 就任 就读 属于 已经 带头 带领
    帮助 广泛 庆祝 应当 应该 废止 建好 建成 建立 开创 开办 开启 开好 开始 开展 引向 引导 弘扬 强化 强调 当年 形成
    必须 恪守 悼念 惩处 感谢 慰问 成为 成立 我们 所有 扎实 打倒 打好 打赢 打造 扶持 批准 批判 承认 抄送 抓好 抓紧
    报送 抵达 担任 拥有 指出 按照 授予 接到 接受 接见 推出 推动 提交 提出 提升 提请 提高 揭批 搞好 撤销 支持 收到
    收购 改善 改组 敦促 旁听 日前 时任 明年 昨天 显示 普遍 曾任 最近 有些 有关 服从 本报 本次 来到 来自 构建 查办
    查处 树立 根据 欢迎 正在 此次 比如 毕业 汇报 没有 注册 派出 涉及 深入 牢记 特别 率先 现任 现有 甚至 用于 用好
    由于 直至 相关 相继 看望 着力 督促 督办 瞄准 确保 祝贺 离开 积极 称为 移交 稳步 立足 答复 答谢 筹建 签署 签订
    粉碎 紧扣 紧紧 约见 组建 经过 继续 维护 缅怀 缔结 考入 联系 聘请 聚焦 能够 自觉 至于 致电 荣获 获得 落细 袭击
    视察 认为 认真 许多 设有 设立 访问 证明 说明 诸如 调任 调到 谋划 谴责 责成 走出 走向 走访 走进 起草 践行 转任
    转发 转向 达成 迈向 迎接 运用 近日 还有 这次 进入 进攻 进行 违反 退出 送交 送到 选出 选派 逐步 逐级 通报 通知
    通过 遵守 遵循 遵照 邀请 部分 配合 重视 针对 陆续 除了 随着 面向 面对 颁布 首批 首次 鼓励 先后任 日电 日讯 报讯 日专电 参观 参观了 历任 后任 改任 升任 续任 先任 除派 今日 昨日 近日 当日 连日来 上周 本周 本月 上月 长率 席率 记率 员率 理率 率领 率团 致函 致信 来函 复函 去函 发函 来信 之一 选进 选举 换届 讨论 研究解决 讨论研究 先后在 会见 会见了 出访 来访 抵京 离京 成功 试行 作完 做完 讲完 听完 看完 写完 结识 就读于 师从 赠送 赠给 捐给 捐赠 资助 赞助 主讲 采访 专访 报道 转载 刊登 发表在 刊载 登载 播出 播映 上映 上演 首演 展出 举起 揭幕 闭幕 开幕 定出 拟出 编出 写出 发出 做出 作出 给出 开出 调出 抽出 评出 选出 推出 改变 扣住 助力 助推 批评 推行 补齐 消除 符合 减少 严控 严查 增加 提倡 发扬 巩固好 学好 用好 抓住 抓实 走遍 跑遍 扎根 驻守 奔赴 开进 挺进 涌向
    占领 攻占 攻克 收复 解放了 包围 途经 路过 流经 穿过 越过 翻越 淹没 冲毁 抢修 修筑 修通 横跨 贯通 毗邻 紧邻 坐落 地处 出生 生于 祖籍 籍贯 家住 落户
    聘任 任免 免去 罢免 推选 当选 入选 评为 授予了 颁发 颁给 嘉奖 表彰 通令 命名 追认 追授 挂牌 揭牌 签约 竣工 落成 投产 动工 奠基 开工 剪彩 亮相
    起诉 控告 举报 检举 逮捕 抓获 破获 判处 审结 受理 抗诉 提请审 驳回 移送 侦破 查封 查扣 没收 追缴 惩治 整治 取缔 关停 关闭 吊销 撤并
    购买 出售 拍卖 转让 收归 承包 租赁 生产了 销往 运往 送往 发往 调往 调来 调入 转入 并入 划归 隶属 归属 挂靠 依附 连同 携同 伙同 串通
    看见 听到 听见 知道 觉得 以为 相信 估计 预计 据说 据悉 获悉 得知 透露 宣称 声称 证实 否认 驳斥 抗议 抨击 指责 声援 呼应 赞扬 赞赏 称赞 表扬 赞同
    抽调 选调 选送 推荐 引进 引来 吸引 招收 招聘 录用 培训 培养出 考上 考取 就职 供职于 退休 离休 转业 复员 参军 入伍 应征 慰劳 犒劳
    冲垮 恢复了 重建 扩建 改建 修建 兴建 筹办 创立 创建了 建起 办起 盖起 设在 位居 座落 常驻 进驻 派驻 入驻 驻扎 驻在 光临 莅临 抵 返回 回国 离京
    逃废 逃避 骗取 侵占 挪用 贪污 行贿 受贿 勾结 包庇 纵容 怂恿 煽动 操纵 控制 垄断 打压 镇压 推翻 颠覆 侵略 侵犯 入侵 轰炸 空袭 袭扰 炮击 击毙 打死
    尤以 名叫 人称 俗称 简称 又称 改称 更名为 改名 号称 誉为 堪称 化名 笔名 经由 本着 随同 陪同 偕同 除去 之间 之中 之后 之前 之下 之际 上午 下午 晚上 清晨 凌晨 傍晚 早晨 当天 今晨 今晚 昨晚 明天 同日 次日 翌日 那天 这天 同志们 建设好
    里代表 此代表 深入到 离不开 第一次 进一步 主动接受 组织召开 自觉接受
    """
)
"""Verbs, adverbs and determiners that never occur inside a name: a name begins after the last of them."""

WEAK = listed(
    """
    办成 建成 分类 分批 接续 推翻 缩短 打破 稳妥     审查     交 任 像 兼 凭 即 原 去 及 受 同 如 报 按 据 替 有 来 沿 派 电 称 经 讯 说 请 赴 转 送 邀 除 驻 主办
    主持 代表 优化 促进 保卫 保护 保障 修订 共同 关心 决定 制裁 办理 动员 协力 协办 协调 参与 反馈 发布 发表 合并
    同意 团结 国有 培养 培育 处理 委托 学习 安排 实施 实行 审计 宣传 对接 巡察 巡视 巩固 希望 建议 恢复 打击 执行
    扩大 承办 承担 投资 报告 拓展 招待 指导 授权 接待 控股 推广 推进 援助 支援 改进 改革 整合 整顿 服务 检查 检验
    沟通 治理 测评 深化 清理 监督 督查 筹备 纪念 组织 统一 编写 编制 考察 考核 联合 联络 落实 表示 要求 规范 解决
    记者 评议 调整 调查 调研 负责 贯彻 选举 部署 重组 领导 通讯员
    """
)
"""Verbs that also occur inside names (建设银行, 改革委员会): they are taken off the beginning of a name only."""

FIXED = ("全面从严", "全面深化", "全面依法", "全面建成", "全面推进")
"""Fixed beginnings of names whose first word is in ``STRONG``."""

OPENERS = (
    "中国",
    "中共",
    "中华",
    "国家",
    "全国",
    "国际",
    "世界",
    "亚洲",
    "亚太",
    "欧洲",
    "非洲",
    "中央",
    "人民",
    "全省",
    "全市",
    "全区",
    "全县",
    "全州",
)
"""Words with which a name begins: what stands before them is outside."""

_LONGEST = max(map(len, STRONG | WEAK))
_STRONG_BY_LAST = {c: tuple(w for w in STRONG if w[-1] == c) for c in {w[-1] for w in STRONG}}
_WITHIN_BY_CHARACTER = {c: tuple((w, w.index(c)) for w in WITHIN if c in w) for c in HARD}
_NOTABLE = HARD | _STRONG_BY_LAST.keys()
"""Characters that something is asked about; a name goes on over the others, most of a text."""

_WEAK_FIRST = frozenset(word[0] for word in WEAK)
_BEFORE_PLACE = frozenset("同跟任像即如原赴访离抵里")
_PAIRS = {"”": "“", "’": "‘", ")": "(", "）": "（", "》": "《"}


def left_edge(text: str, head: int, places: Mapping[int, int], *, limit: int = 24, linked: str = "") -> int:
    """The offset at which the name begins whose head begins at ``head``; ``head`` itself where nothing precedes it.

    ``places`` maps the end of each place name that is known to its start. ``limit`` bounds the number of characters
    looked at; ``linked`` holds characters of ``HARD`` and marks that this kind of name may contain (和、).
    """
    floor = max(0, head - limit)
    start = at = head
    place = -1
    while at > floor:
        c = text[at - 1]
        if c not in _NOTABLE and at not in places and "\u4e00" <= c <= "\u9fff":
            at -= 1
            start = at
            continue
        if c in _PAIRS:
            opened = text.rfind(_PAIRS[c], floor, at - 1)
            if opened < 0 or "\n" in text[opened:at]:
                break
            at = start = opened
            continue
        if at in places and places[at] >= floor:
            at = start = place = places[at]
            if text[at - 1 : at] in _BEFORE_PLACE:
                break
            continue
        if not _belongs(c, linked):
            break
        if c in HARD and c not in linked and not _within(text, at - 1):
            break
        if (strong := _STRONG_BY_LAST.get(c)) and text.endswith(strong, floor, at):
            if not text.startswith(FIXED, at - 2):
                break
            at -= 1
        at -= 1
        start = at
    if text[start - 1 : start + 1] == "我国" and start < head:
        start += 1
    return _strip(text, start, head, place)


def _belongs(c: str, linked: str) -> bool:
    return "\u4e00" <= c <= "\u9fff" or (c.isascii() and c.isalnum()) or c in "·×*○●－" or c in linked


def _within(text: str, at: int) -> bool:
    words = _WITHIN_BY_CHARACTER.get(text[at], ())
    return any(text.startswith(word, at - back) for word, back in words if at >= back)


def _strip(text: str, start: int, head: int, place: int) -> int:
    """Take weak verbs off the beginning, as long as something is left; one of one character only before a place."""
    while start < head:
        longest = min(_LONGEST, head - start) if text[start] in _WEAK_FIRST else 0
        for size in range(longest, 0, -1):
            if text[start : start + size] in WEAK and (size > 1 or _begins(text, start + 1, place)):
                start += size
                break
        else:
            if text[start] == "任" and text[start - 1 : start] in _BEFORE_OFFICE:
                start += 1
                continue
            if text[start] != "设" or text.startswith(("设计", "设备", "设施"), start):
                break
            start += 1
    return start


def _begins(text: str, start: int, place: int) -> bool:
    return start == place or text.startswith(_OPENING, start)


_BEFORE_OFFICE = tuple("，。、；他她并后时曾历先年月日")
_OPENING = (*OPENERS, "军委", "省", "市委", "市人", "市政", "县委", "县人", "县政", "区委", "区人", "区政")
