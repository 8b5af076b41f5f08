"""Workbooks as offices make them, built by code."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl


def xlsx_dates(path: Path) -> None:
    """True dates beside text dates; a date shown as a month means the month."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["云溪市2026年重大项目前期工作推进计划"])
    sheet.append(["序号", "项目", "工作事项", "责任单位", "配合部门", "完成时间", "备注"])
    rows: list[list[Any]] = [
        [1, "滨河大道", "完成可研批复", "市交通运输局", "市发展改革委", datetime(2026, 3, 31), ""],
        [2, "市民中心", "取得用地预审", "市机关事务局", "市自然资源局", "2026年5月中旬", "已启动"],
        [3, "污水处理厂", "完成环评审批", "市水务局", "市生态环境局", datetime(2026, 7, 1), ""],
        [4, "体育公园", "方案设计招标", "市体育局", "", date(2026, 4, 15), "2025年结转"],
    ]
    for row in rows:
        sheet.append(row)
    sheet["F3"].number_format = "yyyy/m/d"
    sheet["F5"].number_format = 'yyyy"年"m"月"'
    sheet["F6"].number_format = "m月d日"
    sheet.merge_cells("A1:G1")
    book.save(path)


def xlsx_sheets(path: Path) -> None:
    """Two sheets with headers of their own, a hidden one, blank rows and columns, merged units."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "农业"
    farming: list[list[Any]] = [
        [None, None, None, None, None],
        [None, "编号", "目标任务", "责任单位", "时限"],
        [None, 1, "建设高标准农田5万亩", "县农业农村局\n县自然资源局", "2026年10月底"],
        [None, 2, "推广机械化播种", None, "秋播前"],
        [None, None, None, None, None],
    ]
    for line in farming:
        first.append(line)
    first.merge_cells("D3:D4")
    second = book.create_sheet("工业")
    for row in (
        ["工业重点任务", None, None, None],
        ["任务序号", "任务内容", "牵头单位及配合单位", "进度安排"],
        ["1", "新增规上企业20家", "县工信局牵头，县统计局、县税务局配合", "2026年12月底前"],
        ["2", "盘活闲置厂房", "牵头：县工业园区管委会\n配合：县自然资源局、县财政局", "一季度摸底；三季度末前完成盘活"],
    ):
        second.append(row)
    hidden = book.create_sheet("旧表")
    hidden.append(["序号", "任务", "责任单位", "完成时限"])
    hidden.append(["1", "作废的任务", "县政府办", "2025年6月底前"])
    hidden.sheet_state = "hidden"
    book.save(path)


def xlsx_quarters(path: Path) -> None:
    """No time column: each quarter has one, saying what is to be done by its end."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["2026年数字乡村建设任务推进表"],
        ["序号", "任务名称", "责任单位", "一季度", "二季度", "三季度", "四季度"],
        ["1", "5G基站建设", "县通信办", "完成选址", "开工建设", "", "全部建成"],
        ["2", "农村电商培训", "县商务局", "", "举办第一期", "", "举办第二期"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:G1")
    book.save(path)


def xlsx_numbers_merged(path: Path) -> None:
    """One number and one deadline over several measures, each with its own unit."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["序号", "反馈问题", "整改措施", "整改责任单位", "整改完成时限", "整改进展情况"],
        [1, "河道采砂监管不力", "开展非法采砂专项整治", "县水利局", "2026年6月30日前", "推进中"],
        [None, None, "建立河道巡查制度", "各乡镇人民政府", None, ""],
        [2, "饮用水源地保护不到位", "设置隔离防护设施", "县生态环境局", "2026年9月底前", ""],
        [None, None, "清理一级保护区违建", "县住建局、县自然资源局", None, ""],
    ):
        sheet.append(row)
    for cells in ("A2:A3", "B2:B3", "E2:E3", "A4:A5", "B4:B5", "E4:E5"):
        sheet.merge_cells(cells)
    book.save(path)
