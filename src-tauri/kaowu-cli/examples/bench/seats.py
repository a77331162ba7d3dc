"""CP-SAT on the seats that kaowu draws: reads one instance as JSON, prints one line of JSON.

rooms: for each its places [[column, row], …] and, where people are dealt already, how many of each unit it holds.
units: how many of each unit there are in all, where they are not. seconds: for everything. diagonals: 8 neighbours, not 4.
"""
import json
import sys
import time

from ortools.sat.python import cp_model


def neighbours(places, diagonals):
    for a, (c, r) in enumerate(places):
        for b, (d, s) in enumerate(places[:a]):
            across, along = abs(c - d), abs(r - s)
            if (max(across, along) == 1) if diagonals else (across + along == 1):
                yield b, a


def solve(rooms, counts, diagonals, seconds):
    model = cp_model.CpModel()
    seats, pairs = [], []
    for places in rooms:
        first = len(seats)
        seats += [[model.new_bool_var("") for _ in counts] for _ in places]
        for seat in seats[first:]:
            model.add_exactly_one(seat)
        for a, b in neighbours(places, diagonals):
            pair = model.new_bool_var("")
            for unit in range(len(counts)):
                model.add_bool_or(~seats[first + a][unit], ~seats[first + b][unit], pair)
            pairs.append(pair)
    for unit, count in enumerate(counts):
        model.add(sum(seat[unit] for seat in seats) == count)
    model.minimize(sum(pairs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return round(solver.objective_value), round(solver.best_objective_bound), status == cp_model.OPTIMAL


def main():
    given = json.load(sys.stdin)
    started, pairs, bound, solved, proven = time.monotonic(), 0, 0, 0, 0
    parts = [([room["places"]], room["units"]) for room in given["rooms"]] if "units" not in given else [
        ([room["places"] for room in given["rooms"]], given["units"])
    ]
    for rooms, counts in parts:
        left = given["seconds"] - (time.monotonic() - started)
        found = solve(rooms, counts, given["diagonals"], left) if left > 0 else None
        if found is not None:
            pairs, bound, solved, proven = pairs + found[0], bound + found[1], solved + len(rooms), proven + len(rooms) * found[2]
    print(json.dumps({"seconds": time.monotonic() - started, "pairs": pairs, "bound": bound, "solved": solved, "proven": proven}))


main()
