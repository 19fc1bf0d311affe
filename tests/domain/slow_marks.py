"""Marks to modules once more, slow and obvious: fractions only, nothing shared with the program."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise


def frac(x):
    return Fraction(Decimal(x)) if isinstance(x, str) else Fraction(x)


def rnd(x, digits):
    if digits is None:
        return x
    sign = -1 if x < 0 else 1
    scaled = abs(x) * 10**digits
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return sign * Fraction(whole, 10**digits)


def show(x, digits):
    if x is None:
        return None
    places = 6 if digits is None else digits
    x = rnd(x, places)
    units = x * 10**places
    assert units.denominator == 1
    text = f"{abs(units.numerator):0{places + 1}d}"
    text = (text[:-places] + "." + text[-places:]) if places else text
    return ("-" if x < 0 else "") + text


def nat(code):
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.findall(r"\d+|\D+", code)]


def points(c, mark):
    kind, top = c["kind"], frac(c.get("max", 0))
    if kind in ("points", "bonus"):
        return mark
    if kind == "check":
        return top if mark else Fraction(0)
    if kind == "judgement":
        return mark / 3 * top
    if kind == "deduction":
        return max(top - mark * frac(c.get("each", 1)), Fraction(0))
    scale = [(frac(a), frac(b)) for a, b in c["scale"]]
    if mark <= scale[0][0]:
        return scale[0][1]
    if mark >= scale[-1][0]:
        return scale[-1][1]
    for (a, p), (b, q) in pairwise(scale):
        if a <= mark < b:
            return p if c.get("between") == "step" else p + (q - p) * (mark - a) / (b - a)
    raise AssertionError


def number(c, value):
    if c["kind"] == "check":
        return Fraction(1 if value in (True, "yes", 1, "1") else 0)
    return frac(value)


class SlowMarks:
    """What is known of an event, and rungs 1 to 4."""

    def __init__(self, event):
        self.e, self.plan = event, event["plan"]
        self.low = self.plan.get("order") == "low"
        self.stages = {}

    # ---- what is known
    def rows(self, kind, entry, stage, module):
        if kind in ("times", "submitted") and self.rows("absences", entry, stage, module):
            return []
        return [
            r
            for r in self.e.get(kind, [])
            if r["entry"] == entry and r["module"] == module and r.get("stage", stage) == stage
        ]

    def owing(self, entry, stage, module):
        named = [j for j in self.e.get("judges", []) if module in j.get("modules", [])]
        if named:
            return [
                j["code"]
                for j in named
                if j.get("group") is None or entry.get("group") is None or j["group"] == entry["group"]
            ]
        return {
            m["judge"]
            for m in self.e.get("marks", [])
            if m["module"] == module and m.get("stage", stage) == stage
        }

    def stage_of(self, p):
        """The stage a penalty speaks of: its own, or that of its module."""
        if p.get("stage"):
            return p["stage"]
        for stage in self.plan["stages"]:
            if p.get("module") in [m["code"] for m in stage["modules"]]:
                return stage["code"]
        return None

    def points_off(self, entry, stage, module, attempt):
        return sum(
            (
                frac(p.get("points", 0))
                for p in self.e.get("penalties", [])
                if p["entry"] == entry
                and self.stage_of(p) == stage
                and p.get("module") == module
                and p.get("attempt") == attempt
            ),
            Fraction(0),
        )

    def off(self, value, points_):
        return value + points_ if self.low else value - points_

    def by_time(self, m, stage, entry, key, otherwise):
        """The points or the factor of the last row whose seconds the recorded time reaches."""
        time = frac(self.rows("times", entry, stage["code"], m["code"])[0]["seconds"]) if m.get(key) else 0
        reached = [value for seconds, value in m.get(key, []) if frac(seconds) <= time]
        return frac(reached[-1]) if reached else Fraction(otherwise)

    # ---- rungs 1 to 4
    def judge_sheets(self, stage, m):
        """Complete sheets of each judge in the module, after the rung sheet."""
        found = {}
        for entry in self.e["entries"]:
            marks = self.rows("marks", entry["number"], stage["code"], m["code"])
            for attempt in {x["attempt"] for x in marks}:
                for judge in {x["judge"] for x in marks}:
                    got = {
                        x["criterion"]: x["value"]
                        for x in marks
                        if x["attempt"] == attempt and x["judge"] == judge
                    }
                    if len(got) == len(m["criteria"]) and not {"absent", "DNF"} & {
                        str(v) for v in got.values()
                    }:
                        found.setdefault(judge, []).append(self.sheet_sum(m, got))
        return found

    def sheet_sum(self, m, got):
        total = Fraction(0)
        for c in m["criteria"]:
            total += points(c, number(c, got[c["code"]])) * frac(c.get("factor", 1))
        return rnd(total, (m.get("round") or {}).get("sheet"))

    def even(self, stage, m, judge, value):
        rule = m.get("normalise")
        if not rule or rule["by"] != "judge":
            return value
        sheets = self.judge_sheets(stage, m)[judge]
        mean = sum(sheets) / len(sheets)
        var = sum((s - mean) ** 2 for s in sheets) / len(sheets)
        if var == 0:
            return frac(rule["mean"])
        sd = Fraction(
            Context(prec=150).divide(Decimal(var.numerator), Decimal(var.denominator)).sqrt(Context(prec=40))
        )
        return frac(rule["mean"]) + frac(rule["sd"]) * (value - mean) / sd

    def drop(self, p, values):
        """values: list of (judge, value) → those kept under a panel."""
        hi, lo = p.get("drop_high", 0), p.get("drop_low", 0)
        if len(values) < p.get("drop_if_at_least", hi + lo + 1):
            return values
        left = sorted(values, key=lambda jv: nat(jv[0]))
        for _ in range(hi):
            top = max(v for _, v in left)
            left.remove([jv for jv in left if jv[1] == top][-1])
        for _ in range(lo):
            bottom = min(v for _, v in left)
            left.remove([jv for jv in left if jv[1] == bottom][-1])
        return left

    def combine(self, p, values):
        kept = [v for _, v in self.drop(p, values)]
        how = p.get("combine", "mean")
        if how == "mean":
            return sum(kept, Fraction(0)) / len(kept)
        if how == "sum":
            return sum(kept, Fraction(0))
        if how == "median":
            kept.sort()
            n = len(kept)
            return kept[n // 2] if n % 2 else (kept[n // 2 - 1] + kept[n // 2]) / 2
        return kept[0] if len(set(kept)) == 1 else None

    def fewest(self, p):
        return p.get("min_judges", p.get("drop_high", 0) + p.get("drop_low", 0) + 1)

    def attempt(self, stage, m, entry, attempt, marks):
        """(value or 'DNF' or None, gap codes, criteria)"""
        marks = [x for x in marks if x["attempt"] == attempt]
        if any(x["value"] == "DNF" for x in marks):
            return "DNF", set(), {}
        gaps = set()
        judges = sorted({*self.owing(entry, stage["code"], m["code"]), *(x["judge"] for x in marks)}, key=nat)
        got = {(x["judge"], x["criterion"]): x["value"] for x in marks}
        codes = [c["code"] for c in m["criteria"]]
        if any((j, c) not in got for j in judges for c in codes):
            gaps.add("missing_marks")
        how = self.by_sheet if (m.get("panel") or {}).get("across", "sheet") == "sheet" else self.by_criterion
        raw, more, figures = how(stage, m, judges, got)
        gaps |= more
        if gaps or raw is None:
            return None, gaps, {}
        return self.rung3(stage, m, entry, attempt, raw), gaps, figures

    def by_sheet(self, stage, m, judges, got):
        codes = [c["code"] for c in m["criteria"]]
        present, begun, gaps, figures = [], 0, set(), {}
        for j in judges:
            mine = [got.get((j, c)) for c in codes]
            given = [v for v in mine if v is not None and v != "absent"]
            begun += bool(given)
            if given and len(given) < len(codes):
                gaps.add("missing_marks")
            elif given:
                value = self.sheet_sum(m, dict(zip(codes, mine, strict=True)))
                present.append((j, self.even(stage, m, j, value)))
        p = m.get("panel") or {}
        if begun < self.fewest(p):
            gaps.add("not_enough_judges")
        if len(present) < self.fewest(p):
            return None, gaps, {}
        raw = self.combine(p, present)
        if raw is None:
            gaps.add("not_agreed")
        kept = [j for j, _ in self.drop(p, present)]
        for c in m["criteria"]:
            figures[c["code"]] = sum(points(c, number(c, got[j, c["code"]])) for j in kept) / len(kept)
        return raw, gaps, figures

    def by_criterion(self, _, m, judges, got):
        raw, gaps, figures, rounds = Fraction(0), set(), {}, m.get("round") or {}
        for c in m["criteria"]:
            given = [(j, got.get((j, c["code"]))) for j in judges]
            present = [(j, points(c, number(c, v))) for j, v in given if v is not None and v != "absent"]
            p = c.get("panel") or m.get("panel") or {}
            if len(present) < self.fewest(p):
                gaps.add("not_enough_judges")
                continue
            one = self.combine(p, present)
            if one is None:
                gaps.add("not_agreed")
                continue
            one = rnd(one, rounds.get("criterion"))
            figures[c["code"]] = one
            raw += rnd(one * frac(c.get("factor", 1)), rounds.get("factored"))
        return raw, gaps, figures

    def rung3(self, stage, m, entry, attempt, raw):
        value = self.off(raw, self.points_off(entry["number"], stage["code"], m["code"], attempt))
        if m.get("full") is not None:
            value = max(value, Fraction(0))
        return rnd(value, (m.get("round") or {}).get("attempt"))

    def tries(self, stage, m, entry):
        """attempt → (value or 'DNF' or None, gaps, figures)"""
        number_, found = entry["number"], {}
        for s in self.rows("scores", number_, stage["code"], m["code"]):
            a = s.get("attempt", 1)
            failed = s["value"] == "DNF"
            value = "DNF" if failed else self.rung3(stage, m, entry, a, frac(s["value"]))
            found[a] = value, set(), {}
        marks = self.rows("marks", number_, stage["code"], m["code"])
        for a in {x["attempt"] for x in marks}:
            found[a] = self.attempt(stage, m, entry, a, marks)
        return found

    def module(self, stage, m, entry):
        """dict(state, value, gaps, attempts, figures)"""
        out = {"state": "none", "value": None, "gaps": set(), "attempts": [], "figures": {}}
        if self.rows("absences", entry["number"], stage["code"], m["code"]):
            return {**out, "state": "gone"}
        tried = self.tries(stage, m, entry)
        order = sorted(tried)
        if not order:
            return out
        out["attempts"] = [tried[a][0] for a in order if isinstance(tried[a][0], Fraction)]
        rule = m.get("attempts") or {}
        take, count = rule.get("take", "best"), rule.get("count", 1)
        for a in order:
            out["gaps"] |= tried[a][1]
        dnfs = [a for a in order if tried[a][0] == "DNF"]
        if take == "trimmed" and len(dnfs) >= 2:
            return {**out, "state": "gone", "gaps": set()}
        timed = m.get("time_bands") or m.get("time_factors")
        untimed = timed and not self.rows("times", entry["number"], stage["code"], m["code"])
        if take == "trimmed" and len(order) < count:
            out["gaps"].add("missing_marks")
        if out["gaps"]:
            return {
                **out,
                "state": "incomplete",
                "gaps": out["gaps"] | ({"missing_time"} if untimed else set()),
            }
        if len(dnfs) == len(order) or (take == "last" and order[-1] in dnfs):
            return {**out, "state": "gone"}
        if untimed:
            return {**out, "state": "incomplete", "gaps": {"missing_time"}}
        value, chosen = self.take(take, [(tried[a][0], a) for a in order if a not in dnfs], bool(dnfs))
        if take in ("sum", "mean") and count == 1:
            chosen = order[0]
        figures = tried[chosen][2] if chosen is not None else {}
        return {**out, "state": "ok", "value": value, "figures": figures}

    def take(self, take, values, failed):
        nums = [v for v, _ in values]
        if take == "best":
            value = min(nums) if self.low else max(nums)
            return value, next(a for v, a in values if v == value)
        if take == "last":
            return values[-1]
        if take == "sum":
            return sum(nums), None
        if take == "mean":
            return sum(nums) / len(nums), None
        good_first = sorted(nums, reverse=not self.low)
        kept = good_first[1:] if failed else good_first[1:-1]
        return sum(kept) / len(kept), None
