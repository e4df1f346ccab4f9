"""What a lexicon file may say: the fields of an entry, checked on load.

A file is a YAML list of entries. The type of its entries is the beginning of its name (``slogans*.yaml``,
``campaigns*``, ``bodies*``, ``documents*``, ``meetings*``, ``people*``, ``places*``, ``times*``) or stands in each
entry as ``type: Slogan``. Names and members are simplified Chinese, without surrounding quotation marks::

    - name: 三严三实
      kind: numeral            # numeral | quoted | doctrine
      gloss: Three Stricts and Three Earnests
      origin: {by: 习近平, at: 十二届全国人大二次会议安徽代表团审议, date: 2014-03-09}    # all optional; EDTF date
      source: 人民日报 2014-03-10     # where an editor can check it
      expansions:                    # several dated ones may stand side by side
        - members: [严以修身, 严以用权, 严以律己, 谋事要实, 创业要实, 做人要实]
          since: 2014-03             # since, until: optional EDTF dates
          pattern: 3+3               # only where the form of the name does not say it; "none": promises no number

Every scalar is read as a string: ``2014-03-09`` stays as it is written, ``pattern: 3`` is "3".
``docs/lexicon.md`` explains each field with examples of every type.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from kg.model import EntityType

Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"^\S(.*\S)?$")]
"""A non-empty string without white space around it."""

Edtf = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-(0[1-9]|1[0-2]|XX)(-(0[1-9]|[12]\d|3[01]|XX))?)?$")]
"""A day, month or year as EDTF writes it: 2014-03-09, 2014-03, 2014."""

Pattern = Annotated[str, msgspec.Meta(pattern=r"^(none|\d+p?(\+\d+p?)*)$")]
"""How many members a name promises: 3, 3+3+3, 5p (five pairs); "none" where it promises no number."""

Kind = Literal["numeral", "quoted", "doctrine"]
Level = Literal["中央", "省", "市", "县", "乡", "村"]
System = Literal[
    "党", "人大", "政府", "政协", "监委", "法院", "检察院", "群团", "军队", "媒体", "民主党派", "国际", "其他"
]


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who put something forward or issued it, where and when. ``date`` is EDTF."""

    by: Text | None = None
    at: Text | None = None
    date: Edtf | None = None


class Members(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What something consists of, in order and in the short official form, from ``since`` until ``until`` (EDTF)."""

    members: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    since: Edtf | None = None
    until: Edtf | None = None
    pattern: Pattern | None = None
    source: Text | None = None


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An office that a person held: ``title`` as it stands beside the name (总书记), ``body``, and when (EDTF)."""

    title: Text
    body: Text | None = None
    since: Edtf | None = None
    until: Edtf | None = None


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that is known beforehand.

    ``name`` is the canonical name and the key of its identity; ``aliases`` are other forms that denote it. A form that
    two entries of one type carry must be listed under ``shared`` in both: it is then found, but resolves to neither
    on its own. ``not_in`` lists longer words in which a form is something else (重庆 in 隆重庆祝). ``since``
    and ``until`` are EDTF: for a meeting its first and last day, for a campaign and a body its duration, for a document
    the day from which it holds.
    """

    type: EntityType
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: Kind | None = None
    gloss: Text | None = None
    origin: Origin | None = None
    source: Text | None = None
    expansions: tuple[Members, ...] = ()
    pattern: Pattern | None = None
    since: Edtf | None = None
    until: Edtf | None = None
    shared: tuple[Text, ...] = ()
    not_in: tuple[Text, ...] = ()
    level: Level | None = None
    system: System | None = None
    role: Text | None = None
    part_of: Text | None = None
    named_after: Text | None = None
    offices: tuple[Office, ...] = ()
    code: Text | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """The members that hold now (of the last expansion without ``until``), else those of the last one, else ()."""
        return listed.members if (listed := self._current) else ()

    @property
    def promise(self) -> str | None:
        """The pattern that the entry or its current expansion gives; None leaves it to the form of the name."""
        return self.pattern or (listed.pattern if (listed := self._current) else None)

    @property
    def _current(self) -> Members | None:
        holding = [listed for listed in self.expansions if listed.until is None] or self.expansions
        return holding[-1] if holding else None

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)
