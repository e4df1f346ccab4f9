"""An object store on this machine that speaks as much of S3 as a reader asks for, over the files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "texts"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_EC2_METADATA_DISABLED": "true"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files of a folder as objects of a bucket; gives its URL."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._object(with_body=False)

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            query = parse_qs(asked.query)
            if "list-type" in query:
                self._listing(query.get("prefix", [""])[0])
            else:
                self._object(with_body=True)

        def _listing(self, prefix: str) -> None:
            files = sorted(p for p in folder.rglob("*") if p.is_file())
            keys = [key for p in files if (key := p.relative_to(folder).as_posix()).startswith(prefix)]
            found = "".join(
                f"<Contents><Key>{escape(key)}</Key><Size>{(folder / key).stat().st_size}</Size>"
                "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                for key in keys
            )
            counts = f"<KeyCount>{len(keys)}</KeyCount><IsTruncated>false</IsTruncated>"
            self._answer(200, f"<ListBucketResult>{counts}{found}</ListBucketResult>".encode())

        def _object(self, *, with_body: bool) -> None:
            key = unquote(urlsplit(self.path).path).removeprefix(f"/{BUCKET}").lstrip("/")
            file = folder / key
            if with_body and "lost" in key:  # there when it was listed, gone when it is read
                self._answer(403, b"")
                return
            if not key or not file.is_file():
                self._answer(404, b"", body=with_body)
                return
            content, status, headers = file.read_bytes(), 200, {}
            if wanted := self.headers.get("Range"):
                first, _, last = wanted.removeprefix("bytes=").partition("-")
                end = min(int(last or len(content)), len(content) - 1)
                headers["Content-Range"] = f"bytes {first}-{end}/{len(content)}"
                content, status = content[int(first) : end + 1], 206
            self._answer(status, content, headers, body=with_body)

        def _answer(
            self, status: int, content: bytes, headers: dict[str, str] | None = None, *, body: bool = True
        ) -> None:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Last-Modified", formatdate(0, usegmt=True))
            self.send_header("ETag", '"0"')
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"s3://{BUCKET}/{{}}?endpoint_override=127.0.0.1:{server.server_port}&scheme=http&region=here"
    finally:
        server.shutdown()
        server.server_close()
