"""Speech → Extraction: a pure function of one speech and the lexicon. This module only composes the recognisers."""

from __future__ import annotations

from kg.extract import overlaps
from kg.extract.campaigns import find_campaigns
from kg.extract.expansions import find_expansions, is_announcement
from kg.extract.found import Found
from kg.extract.slogans import find_slogans
from kg.lexicon import Lexicon
from kg.model import Speech
from kg.outline import outline

__all__ = ["Found", "extract"]
