from __future__ import annotations

import pytest

from kg.extract.documents import find_documents
from tests.extract._find import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发了《关于改进作风的实施方案》。", ["《关于改进作风的实施方案》"]),
        ("检查固体废物污染防治法实施情况。", ["固体废物污染防治法"]),
        ("遵守宪法，学习党章。", ["宪法", "党章"]),
        ("作出关于加强水库管理的决定，抓好落实。", ["关于加强水库管理的决定"]),
        ("落实中央八项规定精神。", ["中央八项规定"]),
        ("编制水利“十四五”规划。", ["水利“十四五”规划"]),
        ("学习张书记在全县干部大会上的讲话。", ["张书记在全县干部大会上的讲话"]),
        ("出台机关工作人员守则。", ["机关工作人员守则"]),
    ],
)
def test_names_documents(text: str, expected: list[str]) -> None:
    assert words(find_documents, text) == expected


@pytest.mark.parametrize(
    "text", ["依法办事，想办法，改方法。", "制定方案，抓好落实。", "《青山日报》登了消息。", "严格执法，公正司法。"]
)
def test_unnamed_documents_are_none(text: str) -> None:
    assert words(find_documents, text) == []


def test_a_report_has_its_title_for_a_document_and_a_speech_has_not() -> None:
    assert words(find_documents, "2019年青山县政府工作报告\n各位代表：") == ["2019年青山县政府工作报告"]
    assert words(find_documents, "在全县干部大会上的讲话\n同志们：") == []
