import datetime as dt

import pytest

from sidelines.facts.record import Row
from sidelines.facts.table import COLUMNS, read_rows, table
from sidelines.terms.errors import NotFoundError, TableError
from sidelines.terms.states import actor, actors

NAMES = sorted(COLUMNS)
HEADER = "id,value,date,until,published,source,note"


def owners(row: Row) -> list[str]:
    columns = ("a", "b", "id", "partner", "supplier", "client", "operator", "host", "organisation")
    return [row.fields[column] for column in columns if column in row.fields]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_reads_and_holds_rows(name: str) -> None:
    assert table(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_names_a_source_that_can_be_found_again(name: str) -> None:
    vague = [row.line for row in table(name) if row.dataset is None and row.source != "assumed"]
    assert vague == []


@pytest.mark.parametrize("name", NAMES)
def test_no_assumption_is_published_before_the_day_it_describes(name: str) -> None:
    early = [row.line for row in table(name) if row.published < row.date]
    assert early == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_has_a_figure_before_it_exists(name: str) -> None:
    early = [
        (row.line, who)
        for row in table(name)
        for who in owners(row)
        if not actor(who).existed_on(row.date)
    ]
    assert early == []


@pytest.mark.parametrize("name", NAMES)
def test_no_row_stands_twice(name: str) -> None:
    seen = [(tuple(row.fields.items()), row.date, row.source) for row in table(name)]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("capitals", ("id",)),
        ("nuclear", ("id",)),
        ("distances", ("a", "b")),
        ("members", ("organisation", "id", "kind")),
        ("bases", ("operator", "host", "place")),
        ("sanctions", ("sender", "against", "kind", "note")),
        ("lift", ("id", "type", "kind")),
        ("airfields", ("airfield",)),
        ("corridors", ("corridor", "part")),
    ],
)
def test_spells_of_one_thing_do_not_overlap(name: str, key: tuple[str, ...]) -> None:
    last: dict[tuple[str, ...], dt.date] = {}
    for row in sorted(table(name), key=lambda row: row.date):
        who = tuple(row.fields.get(column, row.note) for column in key)
        assert row.date > last.get(who, dt.date.min), f"{name}.csv:{row.line}"
        last[who] = row.until or dt.date.max


def test_shares_of_world_strength_sum_to_about_one() -> None:
    years = {row.date for row in table("strength") if row.dataset == "nmc" and row.date.month == 12}
    sums = [
        sum(float(row.fields["value"]) for row in table("strength") if row.date == year)
        for year in years
    ]
    assert sums == pytest.approx([1.0] * len(years), abs=0.001)


def test_the_pair_tables_hold_each_pair_in_one_order_only() -> None:
    pairs = [(row.fields["a"], row.fields["b"]) for row in table("distances") + table("alignment")]
    assert all(a < b for a, b in pairs)


def test_the_map_gives_each_pair_of_states_in_one_order_only() -> None:
    apart = {row.fields["id"]: row.fields["apart_km"] for row in table("distances_today")}
    pairs = [(a, cell.split(" ")[0]) for a in apart for cell in apart[a].split("|") if cell]
    assert len(pairs) == len(set(pairs))
    assert all(a < b for a, b in pairs)


def test_the_map_gives_every_state_of_today_but_tuvalu() -> None:
    today = {one.id for one in actors().values() if one.kind == "state" and one.end is None}
    assert today - {row.fields["id"] for row in table("distances_today")} == {"TUV"}


def test_arms_are_classes_and_never_amounts() -> None:
    assert {row.fields["value"] for row in table("arms")} == {"none", "minor", "major", "principal"}


def test_namibia_is_not_read_as_missing() -> None:
    assert actors()["NAM"].iso2 == "NA"
    assert any(row.fields["id"] == "NAM" for row in table("strength"))


def test_an_unknown_table_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(NotFoundError, match="strength"):
        table("strenght")


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("RUSS,0.1,2022-12-31,,2023-01-01,assumed,", "RUSS"),
        ("RUS,nan,2022-12-31,,2023-01-01,assumed,", "nan"),
        ("RUS,-1,2022-12-31,,2023-01-01,assumed,", "-1"),
        ("RUS,0.1,2022-13-31,,2023-01-01,assumed,", "month"),
        ("RUS,0.1,2022-12-31,2021-12-31,2023-01-01,assumed,", "before it begins"),
        ("RUS,0.1,2022-12-31,,2023-01-01,,", "no source"),
        ("RUS,0.1,2022-12-31", "cells"),
    ],
)
def test_a_broken_row_is_refused_with_file_and_line(cells: str, complaint: str) -> None:
    with pytest.raises(TableError, match=rf"strength\.csv:2: .*{complaint}"):
        read_rows("strength", [HEADER, cells])


def test_a_table_with_other_columns_is_refused() -> None:
    with pytest.raises(TableError, match=r"strength\.csv:1: "):
        read_rows("strength", ["id,share", "RUS,0.1"])


@pytest.mark.parametrize("cell", ["IRNX 5", "IRN", "IRN -5", "IRN 5.5", "IRN 5||RUS 1"])
def test_a_broken_distance_on_todays_map_is_refused(cell: str) -> None:
    header = "id,apart_km,date,until,published,source"
    with pytest.raises(TableError, match=r"distances_today\.csv:2: apart_km"):
        read_rows("distances_today", [header, f"AFG,{cell},2011-07-09,,2018-05-21,computed:x"])


def test_an_airfield_of_nobody_is_refused() -> None:
    header = "airfield,area,name,lat,lon,runway_m,date,until,published,source"
    said = "XXXX,RUSS,Nowhere,10.0,10.0,3000,1955-01-01,,2022-10-11,assumed"
    with pytest.raises(TableError, match="area 'RUSS' is no state"):
        read_rows("airfields", [header, said])


@pytest.mark.parametrize("points", ["91 10", "10", "10 181|0 0"])
def test_a_corridor_off_the_globe_is_refused(points: str) -> None:
    said = f"way,1,A way,rail,RUS|UKR-CRIMEA,{points},10,0,1,1,1,any,2020-01-01,,2020-01-01,assumed"
    header = ",".join([*COLUMNS["corridors"], "date,until,published,source"])
    with pytest.raises(TableError, match="corridors"):
        read_rows("corridors", [header, said])


def test_a_class_outside_the_list_is_refused() -> None:
    header = "supplier,client,value,date,until,published,source"
    with pytest.raises(TableError, match="huge"):
        read_rows("arms", [header, "RUS,IRN,huge,2022-12-31,,2023-01-01,assumed"])
