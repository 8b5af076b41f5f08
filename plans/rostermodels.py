"""The roster file as pydantic models: units, their categories, and who answers for them."""

from typing import Annotated, Literal

from pydantic import Field

from plans.fields import Entry, Label, Name, Sentence, Version

NonEmptyLabel = Annotated[Label, Field(min_length=1)]


class OfficerEntry(Entry):
    """联络员等人员 / a person of a unit who may answer for it."""

    name: NonEmptyLabel
    role: Literal["officer", "deputy", "head", "bureau", "auditor", "administrator"] = Field(
        "officer",
        description="联络员、AB角、单位领导、督办单位、审计、管理员 / what the person is to the unit",
    )
    position: Label = Field("", description="职务 / position")


class UnitEntry(Entry):
    """单位 / an organisation with its categories."""

    name: Name
    short: Label = Field("", description="简称 / short name")
    categories: tuple[NonEmptyLabel, ...] = Field((), description="类别，供方案的单位组引用 / named by a plan's groups")
    parent: Annotated[Label, Field(max_length=120)] = Field("", description="上级单位的名称 / the parent unit's name")
    officers: tuple[OfficerEntry, ...] = ()


class RosterHead(Entry):
    """名册本身，不含单位 / the roster without its units."""

    ruqi_roster: Version = Field(description="格式版本 / format version")
    sample: bool = Field(default=False, description="示例 / a sample")
    title: Annotated[Sentence, Field(min_length=1)]


class RosterFile(RosterHead):
    """如期名册文件 / a Ruqi roster file."""

    units: tuple[UnitEntry, ...]
