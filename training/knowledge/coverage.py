#!/usr/bin/env python3
"""How many of the days since 2000 have a known holder of an office.

    training/knowledge/coverage.py [STATE…] < knowledge/gazetteer/people.tsv

Prints, for each state (the G20, the permanent members of the Security Council and states in conflict where none is named), the share of
days with somebody at the head of state or government, a foreign and a defence minister, and the means. An open end is the last day of
October 2026.
"""

import datetime
import sys

STATES = (
    "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN KOR MEX RUS SAU ZAF TUR GBR USA "
    "UKR ISR PSE SYR IRQ IRN AFG YEM LBY SDN SSD SOM ETH COD MMR LBN PRK PAK VEN"
).split()
OFFICES = {
    "heads": {"head_of_state", "head_of_government", "monarch"},
    "foreign": {"foreign_minister"},
    "defence": {"defence_minister"},
}
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2026, 10, 31)


def tenures(lines):
    """State, office, first and last day of every dated tenure."""
    rows = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    columns = rows[0]
    for row in rows[1:]:
        row = dict(zip(columns, row))
        if row["from"]:
            end = datetime.date.fromisoformat(row["until"]) if row["until"] else LAST
            yield row["country"], row["office"], datetime.date.fromisoformat(row["from"]), end


def share(held, state, offices):
    days = set()
    for country, office, start, end in held:
        if country == state and office in offices:
            days.update(range(max(start, FIRST).toordinal(), min(end, LAST).toordinal() + 1))
    return len(days) / (LAST.toordinal() - FIRST.toordinal() + 1)


def main():
    held = list(tenures(sys.stdin))
    states = sys.argv[1:] or STATES
    print("state", *OFFICES, sep="\t")
    shares = [[share(held, state, offices) for offices in OFFICES.values()] for state in states]
    for state, row in zip(states, shares):
        print(state, *(f"{value:.2f}" for value in row), sep="\t")
    print("mean", *(f"{sum(column) / len(states):.2f}" for column in zip(*shares)), sep="\t")


if __name__ == "__main__":
    main()
