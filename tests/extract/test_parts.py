from __future__ import annotations

from kg.corpus import speech_from_text
from kg.extract.bodies import find_bodies
from kg.extract.names import Names
from kg.extract.parts import find_part_of, find_supervises
from tests.extract._find import entities


def relations(text: str) -> set[tuple[str, str, str]]:
    found = entities(text, find_bodies)
    folded = speech_from_text(text).folded
    names = Names(found)
    by_id = {e.id: e.name for e in found}
    claims = [*find_part_of(folded, names, found), *find_supervises(folded, names)]
    return {(by_id[r.subject], r.predicate, by_id[r.object]) for r in claims}


def test_names_show_what_belongs_to_what() -> None:
    got = relations("县人大、县人大常委会和县人大常委会党组都作了安排。")
    assert got == {
        ("县人大常委会", "partOf", "县人大"),
        ("县人大常委会党组", "partOf", "县人大常委会"),
    }


def test_collectives_belong_to_the_office_that_speaks() -> None:
    assert ("各支部", "partOf", "县人大机关") in relations("县人大机关开展活动，各支部要响应。")


def test_members_of_a_kind() -> None:
    got = relations("支持工会、妇联等群团组织发挥作用。")
    assert got == {("工会", "partOf", "群团组织"), ("妇联", "partOf", "群团组织")}


def test_what_a_body_sets_up_belongs_to_it() -> None:
    assert ("“清河”行动领导小组".strip("“”").replace("”", ""), "partOf", "县委") in relations(
        "县委成立了“清河”行动领导小组，统一调度。"
    )


def test_supervision_by_cue() -> None:
    got = relations("各级政府要依法行政，自觉接受人民政协的民主监督。")
    assert ("人民政协", "supervises", "各级政府") in got
    assert ("县纪委", "supervises", "各单位") in relations("县纪委要对各单位整改情况进行督促检查。")


def test_both_commissions_are_the_parts_of_their_joint_name() -> None:
    got = relations("市纪委监委牵头。市纪委和市监委分头落实，市委巡察机构、市委作风办配合，市委要过问。")
    assert {
        ("市纪委", "partOf", "市纪委监委"),
        ("市监委", "partOf", "市纪委监委"),
        ("市委巡察机构", "partOf", "市委"),
        ("市委作风办", "partOf", "市委"),
    } <= got
    assert ("市纪委监委", "partOf", "市纪委") not in got
