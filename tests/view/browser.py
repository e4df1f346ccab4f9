"""A page opened in a real Chromium, and what a person does there; every visit fails on console messages and requests."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page


class Visit:
    """A page opened from its file, with all that it said and asked for meanwhile."""

    def __init__(
        self, browser: Browser, file: Path, width: int = 1280, height: int = 800, scheme: str = "light"
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.file = file
        self.open()

    def open(self, fragment: str = "") -> None:
        self.page.goto(self.file.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]")

    def reopen(self, address: str) -> None:
        """Open an address that somebody shared, in a fresh tab."""
        self.page.goto("about:blank")
        self.page.goto(address)
        self.page.wait_for_selector("html[data-ready]")

    def close(self) -> None:
        self.context.close()
        assert self.said == []
        asked = {url.partition("#")[0] for url in self.asked if not url.startswith(("blob:", "about:"))}
        assert asked == {self.file.as_uri()}


def find(page: Page, words: str) -> None:
    """Search for words and take the first suggestion."""
    page.fill("#search", words)
    page.keyboard.press("Enter")


def slide(page: Page, selector: str, value: int) -> None:
    """Move a slider."""
    page.locator(selector).fill(str(value))


def shown(page: Page) -> int:
    """The number of entities that the status line says are shown."""
    words = page.locator("#status .number").inner_text()
    return int(words.split("/")[0].strip().split(" ")[-1])


def download(page: Page, kind: str) -> bytes:
    """What the export menu saves."""
    page.click("#export-menu-button")
    with page.expect_download() as waiting:
        page.click(f"#export-{kind}")
    return Path(waiting.value.path()).read_bytes()
