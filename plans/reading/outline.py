"""The paragraphs of a document as a tree: numbered ones become nodes, what follows without a number belongs to them."""

import re
from collections.abc import Iterable
from copy import deepcopy

from plans.reading.brackets import read_closing
from plans.reading.fields import Fields, labelled
from plans.reading.labels import ROLE_KINDS, is_field
from plans.reading.lines import about, first_label, open_bracket, opens_labels
from plans.reading.nodes import LOOSE, Node
from plans.reading.numbering import Number, bare, numbered, with_gap
from plans.reading.roles import is_unit, units
from plans.reading.tidy import half, plain
from plans.reading.timefield import read_times
from plans.reading.values import Paragraph

_ENDED = re.compile(r"[。；：！？.;:!?”\"）)】〕]$")
_AFTER_ALL = re.compile(
    r"^(?:附件|附:|附表|抄送|联系人|联系电话|\(?联系|主送|此件|本文|来源|责任编辑|编辑|印发|主题词|关键词|注:|备注:|说明:)"
)
_SENTENCE = re.compile(r"[，,、；;。]")
_HEADING_RANK = {1: 1, 2: 2, 3: 3}
_LONG = 24
_ASPECT = re.compile(r"(?:工作|主要|具体|整改|重点|存在)?(?:任务|内容|措施|目标|要求|标准|问题|举措|事项)")
_COUNTED = re.compile(r"^(?:序号|编号|任务编号|项目编号):?(\d{1,4})$")
_NAMED = re.compile(r"^(?:工作|重点|具体|主要)?(?:任务|事项|项目)(?:名称|内容)?[:：]\s*")
_SENTENCE_OR_BRACKET = re.compile(r"[。,;]|[(【\[](?![^)】\]]*[)】\]])")
_HEADS_BY_TIME = re.compile(r"([^,。;:]{2,14}前)(?:完成|办结|落实|整改|见效|办理)(?:到位)?的?[^,。;:]{0,8}$")
_LABEL_MOST = 12
_JOINED_MOST = 2000
_APPOINTMENT = re.compile(r"(?:上午|下午|晚上|星期|周[一二三四五六日]|\d{1,2}[:：]\d\d)(?!.*前)")
_DOT = re.compile(r"^[-—·•●○■◆★☆▪*→]+\s*")


class Outline:
    """Takes paragraphs in order and keeps where in the tree the last one stood."""

    def __init__(self, base: int | None) -> None:
        self.base = base
        self.nodes: list[Node] = []
        self.last: Node | None = None
        self.label = ""
        self.before = Fields()
        self.counted = ""
        self.aspects = False
        """Whether the document numbers what it says of one item: 1.工作任务：… 2.责任单位：…"""

    def take(self, paragraph: Paragraph) -> None:
        text = _DOT.sub("", paragraph.text) if not paragraph.heading else paragraph.text
        counted = _COUNTED.match(half(text))
        if counted:
            self.counted = counted[1]
            return
        number = self._number(paragraph, text)
        if number is None and (aspect := numbered(text)) is not None and self.aspects:
            text = aspect.rest
        if number is None and not paragraph.heading and self._continues(text, paragraph):
            return
        before, pairs = labelled(text)
        if pairs and not plain(before).strip() and self.last is not None:
            if open_bracket(text) and not self.last.more:
                self._append(self.last, self.last.text + text)
            else:
                self._fields(self.last, pairs)
            return
        self._open(paragraph, number, text)

    def _number(self, paragraph: Paragraph, text: str) -> Number | None:
        if paragraph.number:
            auto = numbered(paragraph.number + " " + text) or numbered(paragraph.number + "、" + text)
            if auto:
                return Number(auto.said, auto.style, auto.rank, text)
            return Number(bare(paragraph.number), "arabic", 5, text)
        found = numbered(with_gap(text))
        label, colon, _ = half(found.rest[:_LABEL_MOST] if found else "").partition(":")
        aspect = _names_aspect(label) or (self.aspects and _ASPECT.fullmatch(label))
        if found and colon and aspect:
            return None
        return found

    def _continues(self, text: str, paragraph: Paragraph) -> bool:
        """A line that goes on with the one before, because that one had no end."""
        last = self.last
        if last is None or (labelled(text)[1] and not (open_bracket(last.whole) or opens_labels(text))):
            return False
        if self.label:
            return self._value_continues(last, text)
        whole = last.more[-1] if last.more else last.text
        if len(whole) > _JOINED_MOST:
            return False
        broken = open_bracket(whole) or (not _ENDED.search(whole.rstrip()) and bool(_SENTENCE.search(whole)))
        if last.closed and not open_bracket(whole):
            return False
        if not (broken or paragraph.wrapped):
            return False
        self._append(last, whole + text)
        return True

    def _value_continues(self, node: Node, text: str) -> bool:
        kind, _, said = self.label.partition("\0")
        cut = not said or said.endswith(("、", "，", ",")) or open_bracket(said) or text.startswith(("、", "，"))
        named = kind in ROLE_KINDS and len(text) < _LONG and all(map(is_unit, units(text)))
        if not (cut or named):
            return False
        joint = "、" if named and not cut else ""
        self.label = f"{kind}\0{said}{joint}{text}"
        node.fields = deepcopy(self.before)
        node.fields.add(kind, f"{said}{joint}{text}", self.base)
        return True

    def _append(self, node: Node, text: str) -> None:
        if node.more:
            node.more[-1] = text
        else:
            node.text = text
        self._close(node)

    def _fields(self, node: Node, pairs: Iterable[tuple[str, str]]) -> None:
        node.late = node.late or bool(node.children)
        for kind, value in pairs:
            self.before = deepcopy(node.fields)
            if not (kind == "time" and node.rank == LOOSE and _APPOINTMENT.search(value)):
                node.fields.add(kind, value, self.base)
            self.label = f"{kind}\0{value}"
        node.closed = True

    def _open(self, paragraph: Paragraph, number: Number | None, text: str) -> None:
        self.label = ""
        if number is None and not paragraph.heading:
            self._unnumbered(paragraph, text)
            return
        rank = number.rank if number else _HEADING_RANK.get(paragraph.heading, 4)
        if paragraph.heading and number is None and self.nodes and paragraph.heading == 1:
            rank = 1
        node = Node(
            number.said if number else "",
            number.style if number else "heading",
            rank,
            number.rest if number else text,
            paragraph.source,
        )
        head = _HEADS_BY_TIME.match(half(plain(node.text)))
        if head:
            node.passes.add_times(read_times(head[1], self.base))
        self._place(node)
        self._close(node)

    def _place(self, node: Node) -> None:
        parent = self.last
        while parent is not None and parent.rank >= node.rank:
            parent = parent.parent
        node.parent = parent
        if parent is not None:
            parent.children.append(node)
        self.nodes.append(node)
        self.last = node

    def _unnumbered(self, paragraph: Paragraph, text: str) -> None:
        last = self.last
        goes_on = last is not None and last.closed and about(text) and not _AFTER_ALL.match(half(text))
        titled = last is not None and last.style == "heading"
        open_item = last is not None and last.rank < LOOSE and not last.closed and not titled
        if last is not None and (goes_on or (open_item and not _AFTER_ALL.match(half(text)))):
            last.more.append(text)
            self._close(last)
            return
        parent = last if titled or last is None else last.parent
        node = Node(self.counted, "loose", LOOSE, _NAMED.sub("", text), paragraph.source, parent)
        self.counted = ""
        self.nodes.append(node)
        self._close(node)
        self.last = node

    def _close(self, node: Node) -> None:
        """Read the brackets or the labels that close what the node says so far."""
        part = node.more[-1] if node.more else node.text
        if open_bracket(part) and len(part) < _JOINED_MOST:
            return
        before, pairs = labelled(part)
        fields = Fields()
        if pairs and plain(before).strip() and not open_bracket(part[: first_label(part)]):
            self._fields(node, pairs)
            rest = before
        else:
            rest, fields = read_closing(part, self.base, titled=bool(node.number))
        if fields:
            node.fields.join(fields)
            node.closed = bool(fields.roles) or node.closed
        if rest != part:
            if node.more:
                node.more[-1] = rest
            else:
                node.text = rest


def numbers_aspects(paragraphs: Iterable[Paragraph]) -> bool:
    """Whether any line is a number with a field behind it: 3.责任单位：…."""
    for paragraph in paragraphs:
        found = numbered(paragraph.text[:_LONG])
        label, colon, _ = half(found.rest if found else "").partition(":")
        if colon and _names_aspect(label):
            return True
    return False


def _names_aspect(label: str) -> bool:
    """Whether the words before a colon are a label alone, and no sentence with a bracket that begins with one."""
    return is_field(label) and _SENTENCE_OR_BRACKET.search(label) is None
