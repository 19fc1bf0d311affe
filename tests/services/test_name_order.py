"""Names by pinyin and by strokes: surnames' own readings, figures by value, ties, ten thousand at once."""

import random
import time

import pytest

from competition_app.services import name_order


def ordered(key, names: str) -> str:
    """These names in the order of a key, whatever order they come in."""
    shuffled = names.split()
    random.Random(7).shuffle(shuffled)
    return " ".join(sorted(shuffled, key=key))


@pytest.mark.parametrize(
    "names",
    [
        "阿敏 陈一 单雄信 善财 赏心",  # 单 Shàn, not dān; shan before shang; of one sound fewer strokes first
        "丘山 邱少云 仇英 曲波",
        "谢安 解缙 辛弃疾",
        "曾国藩 查良镛 赵一 朱熹",  # Zēng before Zhào
        "万俟卨 莫言 牟一",
        "区大相 欧文 欧阳修 潘安",
        "鲁迅 罗成 吕布",  # ü after u
        "张二 张三 章一",  # one surname stays together
        "A2 A10 阿依努尔·买买提江 阿依努尔·吐尔逊",
    ],
)
def test_people_by_pinyin(names: str) -> None:
    assert ordered(name_order.pinyin_of_person, names) == names


def test_organisations_are_read_by_their_words_not_as_surnames() -> None:
    names = "长春一汽 常州动车 重庆长安 崇明电厂 单位一 第2公司 第10公司 沈东地铁"
    wanted = "长春一汽 常州动车 重庆长安 崇明电厂 单位一 第2公司 第10公司 沈东地铁"
    assert ordered(name_order.pinyin_of_words, names) == wanted


def test_by_strokes_of_the_surname() -> None:
    """Number of strokes, then 一丨丿丶乛 stroke by stroke, then the next character."""
    names = "一二三 丁一 卜一 于四 万二 王五 任九 刘七 齐八 李一 李四 陈六 单十 𬱖一"
    assert ordered(name_order.strokes, names) == names


def test_ten_thousand_names_are_sorted_without_a_wait() -> None:
    pick = random.Random(1)
    names = ["".join(chr(pick.randrange(0x4E00, 0x9FA5)) for _ in range(3)) for _ in range(10_000)]
    for key in (name_order.pinyin_of_person, name_order.strokes):
        begun = time.process_time()
        sorted(names, key=key)
        assert time.process_time() - begun < 1.5
