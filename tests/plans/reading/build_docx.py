"""Word documents as offices make them, built by code."""

from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def docx_fields(path: Path) -> None:
    """Headings by style, fields in paragraphs of their own."""
    document = docx.Document()
    document.add_heading("白水县2026年食品安全重点工作任务分工", level=0)
    document.add_heading("一、源头治理", level=1)
    document.add_paragraph("1.开展农药残留专项整治。加大抽检力度，对超标产品及时处置。")
    document.add_paragraph("牵头单位：县农业农村局")
    document.add_paragraph("配合单位：县市场监管局、县供销社")
    document.add_paragraph("完成时限：2026年9月底前")
    document.add_paragraph("2.建立产地准出制度。")
    document.add_paragraph("牵头单位：县农业农村局  配合单位：各镇人民政府  完成时限：2026年6月")
    document.add_heading("二、餐饮监管", level=1)
    document.add_paragraph("3.推进“互联网+明厨亮灶”，每月通报上线情况。")
    document.add_paragraph("牵头单位：县市场监管局")
    document.add_paragraph("完成时限：每月10日前")
    document.save(str(path))


def docx_automatic(path: Path) -> None:
    """Numbers that Word counts: （一） and below it 1., starting again under each."""
    document = docx.Document()
    number = _numbering(document, (("chineseCountingThousand", "（%1）"), ("decimal", "%2．")))
    document.add_paragraph("关于推进基层应急能力建设的实施意见")
    for level, text in (
        (0, "健全组织体系"),
        (1, "明确应急管理机构和人员。（市委编办、市应急管理局按职责分工负责，2026年6月底前完成）"),
        (1, "组建基层应急队伍，每村不少于1支。（各县区负责，2026年8月底前完成）"),
        (0, "提升处置能力"),
        (1, "完善预案并开展演练。（市应急管理局牵头，各县区落实，每年至少一次）"),
        (1, "配备应急装备。（市财政局、各县区负责，2027年底前）"),
    ):
        _numbered(document.add_paragraph(text), number, level)
    document.save(str(path))


def docx_table(path: Path) -> None:
    """A title row above the header, section rows, a task merged over its measures."""
    document = docx.Document()
    document.add_paragraph("附件1")
    rows = [
        ["青川区国土绿化重点任务台账（2026年度）"] * 6,
        ["序号", "重点任务", "具体措施", "牵头单位", "责任单位", "完成时限"],
        ["（一）造林绿化"] * 6,
        ["1", "实施荒山造林", "完成整地作业3000亩", "区林草局", "各乡镇", "2026年3月底前"],
        ["2", "实施荒山造林", "完成栽植任务并验收", "区林草局", "各乡镇", "2026年11月底前"],
        ["3", "义务植树", "组织机关干部义务植树", "区绿化办", "区直各部门", "2026年3月12日"],
        ["（二）资源保护"] * 6,
        ["4", "森林防火", "划定防火责任区，落实护林员", "区林草局", "区应急局、各乡镇", "长期坚持"],
        ["5", "古树名木保护", "开展普查，一树一档", "区林草局", "区文旅局", "2026年12月"],
    ]
    table = _table(document, rows)
    for r in (0, 2, 6):
        _merge(table, (r, 0), (r, 5), rows[r][0])
    _merge(table, (3, 1), (4, 1), "实施荒山造林")
    document.save(str(path))


def docx_two_rows(path: Path) -> None:
    """A header of two rows, merged time and unit cells, a unit marked as the lead."""
    document = docx.Document()
    document.add_paragraph("2026年保障农民工工资支付考核发现问题整改任务分解表")
    rows = [
        ["编号", "问题事项", "整改举措", "责任落实", "责任落实", "办结时间"],
        ["编号", "问题事项", "整改举措", "责任部门", "责任人", "办结时间"],
        [
            "1",
            "工资专户未落实",
            "逐项目核查专户开立情况",
            "县人社局（牵头）、县住建局、县交通运输局",
            "刘某",
            "2026年2月15日前",
        ],
        ["2", "实名制管理不到位", "推行实名制考勤", "县住建局", "陈某", "2026年3月底前，长期坚持"],
        ["3", "欠薪线索办理超期", "收到线索后5个工作日内核实办结", "县人社局", "周某", "收到线索后5个工作日内"],
    ]
    table = _table(document, rows)
    _merge(table, (0, 3), (0, 4), "责任落实")
    for c in (0, 1, 2, 5):
        _merge(table, (0, c), (1, c), rows[0][c])
    document.save(str(path))


def docx_changes(path: Path) -> None:
    """Text deleted under tracked changes is no task; inserted text is; a text box is read."""
    document = docx.Document()
    document.add_paragraph("2026年保密教育培训工作安排")
    first = document.add_paragraph("1.举办全员培训班。（责任单位：局办公室；完成时限：2026年")
    first._element.append(  # noqa: SLF001 - python-docx has no other way to its XML
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>3月底前</w:delText></w:r></w:del>')
    )
    first._element.append(  # noqa: SLF001 - python-docx has no other way to its XML
        parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t>5月底前</w:t></w:r></w:ins>')
    )
    first.add_run("）")
    document.add_paragraph("2.开展自查自评。（责任单位：各科室；完成时限：每季度第一个月15日前）")
    document.save(str(path))


def docx_cards(path: Path) -> None:
    """One small form for each task."""
    document = docx.Document()
    document.add_paragraph("重点项目攻坚任务卡（2026）")
    cards = (
        ("1", "东部水厂扩建", "完成主体工程施工", "市水务集团", "市水利局、市住建局", "2026年10月31日前"),
        ("2", "城北变电站", "完成选址和征地", "市供电公司", "市自然资源局", "2026年上半年"),
    )
    for number, name, content, lead, support, when in cards:
        labels = ("序号", "项目名称", "工作内容", "牵头单位", "配合单位", "完成时限")
        _table(
            document, [list(pair) for pair in zip(labels, (number, name, content, lead, support, when), strict=True)]
        )
        document.add_paragraph("")
    document.save(str(path))


def docx_many_tables(path: Path) -> None:
    """Several tables under headings of their own; numbers start again; columns in another order."""
    document = docx.Document()
    document.add_paragraph("2026年文明城市创建任务分工")
    document.add_heading("一、公共环境", level=2)
    _table(
        document,
        [
            ["序号", "时间要求", "工作任务", "主办单位", "协办单位"],
            ["1", "4月底前", "整治背街小巷乱堆乱放", "城管局", "各街道"],
            ["2", "6月30日前", "完善公厕标识", "城管局", "文旅局"],
        ],
    )
    document.add_heading("二、公共秩序", level=2)
    _table(
        document,
        [
            ["序号", "时间要求", "工作任务", "主办单位", "协办单位"],
            ["1", "每月一次", "开展文明交通劝导活动", "公安分局", "团区委、教育局"],
            ["2", "年底前", "施划非机动车停车位", "公安分局", "城管局"],
            ["备注：各单位每月底报送进展。"] * 5,
        ],
    )
    document.save(str(path))


def _table(document: Document, rows: list[list[str]]) -> Table:
    table: Table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    return table


def _merge(table: Table, first: tuple[int, int], last: tuple[int, int], text: str) -> None:
    table.cell(*first).merge(table.cell(*last)).text = text


def _numbering(document: Document, levels: tuple[tuple[str, str], ...]) -> str:
    """A list definition with these formats; gives its number."""
    root = document.part.numbering_part.element
    lines = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{lines}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _numbered(paragraph: Paragraph, number: str, level: int) -> None:
    properties = paragraph._element.get_or_add_pPr()  # noqa: SLF001 - python-docx has no other way to its XML
    found = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", str(level)), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        found.append(child)
    properties.append(found)
