"""The browser page: one self-contained HTML file that needs no network and runs nothing but its own script."""

from kg.view.page import PageCounts, PageOptions, write

__all__ = ["PageCounts", "PageOptions", "write"]
