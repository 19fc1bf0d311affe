"""The rules of scoring once more, slow and obvious: fractions only, nothing shared with the program."""

# ruff: noqa: PLR0911, PLR0912 - one branch a sentence of the rules, kept in the order of the page

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cmp_to_key

from tests.domain.slow_marks import SlowMarks, frac, nat, rnd, show

STATUSES = ["ranked", "out_of_competition", "incomplete", "disqualified", "withdrawn", "absent"]


class Slow(SlowMarks):
    """Stages, totals, places."""

    def __init__(self, event):
        super().__init__(event)
        for stage in self.plan["stages"]:
            self.stages[stage["code"]] = self.stage(stage)

    # ---- a stage
    def inside(self, stage):
        """Who is in a stage."""
        entries = self.e["entries"]
        if stage is self.plan["stages"][0]:
            return entries
        if stage["code"] in self.e.get("advanced", {}):
            return [x for x in entries if x["number"] in self.e["advanced"][stage["code"]]]
        here = {m["code"] for m in stage["modules"]}
        known = [r for kind in ("marks", "scores", "absences") for r in self.e.get(kind, [])]
        inside = {r["entry"] for r in known if r["module"] in here}
        return [x for x in entries if x["number"] in inside]

    def stage(self, stage):
        out = {}
        for x in self.inside(stage):
            mods = {m["code"]: self.module(stage, m, x) for m in stage["modules"]}
            gaps = set()
            for mod in mods.values():
                gaps |= mod["gaps"]
                if mod["state"] == "none":
                    gaps.add("missing_module")
            if stage.get("carry"):
                before = self.stages[stage["carry"]["stage"]].get(x["number"])
                if before is None or before["total"] is None:
                    gaps.add("missing_module")
            status = self.status(stage, x, mods, gaps)
            shown = gaps if status == "incomplete" else set()
            out[x["number"]] = {"entry": x, "status": status, "mods": mods, "gaps": shown}
        for row in out.values():
            self.finish(stage, row, out)
        return out

    def status(self, stage, x, mods, gaps):
        codes = [s["code"] for s in self.plan["stages"]]
        reached = codes[: codes.index(stage["code"]) + 1]
        given = x.get("status", "ranked")
        for p in self.e.get("penalties", []):
            if p["entry"] == x["number"] and p.get("disqualifies") and self.stage_of(p) in (None, *reached):
                return "disqualified"
        if given not in ("ranked", "out_of_competition"):
            return given
        for m in stage["modules"]:
            if mods[m["code"]]["state"] == "gone" and m.get("absent_module", "unranked") == "unranked":
                return "absent"
        return "incomplete" if gaps else given

    def group_factor(self, m, row, rows):
        rule = m.get("normalise")
        if not rule or rule["by"] != "group" or row["entry"].get("group") is None:
            return Fraction(1)
        scored = [
            r for r in rows.values() if r["status"] == "ranked" and r["mods"][m["code"]]["value"] is not None
        ]
        if not scored:
            return Fraction(1)
        every = [r["mods"][m["code"]]["value"] for r in scored]
        own = sorted(
            r["mods"][m["code"]]["value"] for r in scored if r["entry"].get("group") == row["entry"]["group"]
        )
        t = rule.get("trim", 0)
        if len(own) > 2 * t:
            own = own[t : len(own) - t]
        if not own or sum(own) == 0:
            return Fraction(1)
        return (sum(every) / len(every)) / (sum(own) / len(own))

    def finish(self, stage, row, rows):
        number_ = row["entry"]["number"]
        rounds = stage.get("round") or {}
        row["scores"], row["weighted"], row["total"] = {}, {}, None
        for m in stage["modules"]:
            mod = row["mods"][m["code"]]
            value = mod["value"]
            if value is None and mod["state"] == "gone" and m.get("absent_module") == "zero":
                value = Fraction(0)
            elif value is not None:
                value *= self.group_factor(m, row, rows) * self.by_time(m, stage, number_, "time_factors", 1)
                value = self.off(value, self.points_off(number_, stage["code"], m["code"], None))
                value = self.off(value, self.by_time(m, stage, number_, "time_bands", 0))
                if m.get("full") is not None:
                    value = min(max(value, Fraction(0)), frac(m["full"]))
                value = rnd(value, (m.get("round") or {}).get("module"))
            row["scores"][m["code"]] = value
            row["weighted"][m["code"]] = None
        if row["status"] not in ("ranked", "out_of_competition"):
            return
        total = Fraction(0)
        for m in stage["modules"]:
            value = row["scores"][m["code"]]
            if m.get("basis") == "percent":
                value = value / frac(m["full"]) * 100
            row["weighted"][m["code"]] = rnd(value * frac(m.get("weight", 1)), rounds.get("weighted"))
            total += row["weighted"][m["code"]]
        carry = stage.get("carry")
        if carry:
            before = self.stages[carry["stage"]][number_]["total"]
            if carry.get("basis") == "percent":
                before = before / frac(carry["full"]) * 100
            total += rnd(before * frac(carry.get("weight", 1)), rounds.get("weighted"))
        total = self.off(total, self.points_off(number_, stage["code"], None, None))
        row["total"] = rnd(max(total, Fraction(0)), rounds.get("total"))

    def all_points_off(self, entry, stage):
        mine = [p for p in self.e.get("penalties", []) if p["entry"] == entry and self.stage_of(p) == stage]
        return sum((frac(p.get("points", 0)) for p in mine), Fraction(0))

    def time_points(self, stage, row):
        """What times take off in the stage, wherever there is a score for them to be taken off."""
        scored = [m for m in stage["modules"] if row["mods"][m["code"]]["value"] is not None]
        number_ = row["entry"]["number"]
        return sum((self.by_time(m, stage, number_, "time_bands", 0) for m in scored), Fraction(0))

    # ---- places
    def key(self, stage, key, row):
        """A value where less stands first, or None; fields are (text, direction)."""
        number_, by = row["entry"]["number"], key["by"]
        home = self.stages.get(key.get("stage") or stage["code"], {}).get(number_)
        sign = 1 if self.low else -1
        if by in ("decision", "lot"):
            for order in reversed(self.e.get("decisions" if by == "decision" else "lots", [])):
                listed = order["entries"] if by == "decision" else order
                if number_ in listed:
                    return listed.index(number_)
            return None
        if by == "field":
            return row["entry"].get("fields", {}).get(key["field"])
        if by == "penalty":
            return self.all_points_off(number_, stage["code"]) + self.time_points(stage, row)
        if by == "time":
            every = [m["code"] for m in stage["modules"]]
            mods = [key["module"]] if key.get("module") else key.get("modules") or every
            times = [self.rows("times", number_, stage["code"], m) for m in mods]
            return sum((frac(t[0]["seconds"]) for t in times), Fraction(0)) if all(times) else None
        if by == "submitted":
            at = self.rows("submitted", number_, stage["code"], key["module"])
            return datetime.fromisoformat(at[0]["at"]) if at else None
        if home is None:
            return None
        if by == "stage":
            return None if home["total"] is None else sign * home["total"]
        if by == "module" and key.get("modules"):
            parts = [home["scores"][code] for code in key["modules"]]
            return None if None in parts else sign * sum(parts)
        if by == "module":
            value = home["scores"][key["module"]]
            return None if value is None else sign * value
        if by == "criterion":
            value = home["mods"][key["module"]]["figures"].get(key["criterion"])
            return None if value is None else -value
        values = sorted(home["mods"][key["module"]]["attempts"], reverse=not self.low)
        nth = key.get("nth", 1)
        return sign * values[nth - 1] if len(values) >= nth else None

    def before(self, stage, a, b):
        """-1 if a stands before b, 1 after, 0 equal."""
        if a["total"] != b["total"]:
            return -1 if (a["total"] < b["total"]) == self.low else 1
        for key in stage.get("ties", []):
            x, y = self.key(stage, key, a), self.key(stage, key, b)
            if x is None and y is None:
                continue
            if x is None or y is None:
                return 1 if x is None else -1
            if key["by"] == "field":
                try:
                    x, y = Decimal(x), Decimal(y)
                except ArithmeticError:
                    x, y = str(x), str(y)
                if key.get("first") == "high":
                    x, y = y, x
            if x != y:
                return -1 if x < y else 1
        return 0

    def standings(self, stage, division):
        rows = [r for r in self.stages[stage["code"]].values() if r["entry"].get("division") == division]
        ranked = [r for r in rows if r["status"] == "ranked"]
        ranked.sort(key=lambda r: nat(r["entry"]["number"]))
        ranked.sort(key=cmp_to_key(lambda a, b: self.before(stage, a, b)))
        result = []
        for r in ranked:
            better = [o for o in ranked if self.before(stage, o, r) < 0]
            same = [o for o in ranked if self.before(stage, o, r) == 0]
            how = stage.get("places", "1224")
            place = len(better) + 1
            if how == "1334":
                place = len(better) + len(same)
            if how == "1223":
                groups = []
                for o in better:
                    if not any(self.before(stage, o, g) == 0 for g in groups):
                        groups.append(o)
                place = len(groups) + 1
            result.append((r, place, len(same) > 1))
        guests = [r for r in rows if r["status"] == "out_of_competition"]
        guests = [(r, 1 + sum(self.before(stage, o, r) < 0 for o in ranked), False) for r in guests]
        guests.sort(key=lambda g: (g[1], nat(g[0]["entry"]["number"])))
        others = [(r, None, False) for r in rows if r["total"] is None]
        others.sort(key=lambda o: (STATUSES.index(o[0]["status"]), nat(o[0]["entry"]["number"])))
        return result + guests + others

    def result(self):
        out = []
        for division in [d["code"] for d in self.e.get("divisions", [])] or [None]:
            for stage in self.plan["stages"]:
                rows = []
                for r, place, shared in self.standings(stage, division):
                    rounds = stage.get("round") or {}
                    mods = {
                        m["code"]: {
                            "score": show(r["scores"][m["code"]], (m.get("round") or {}).get("module")),
                            "weighted": show(r["weighted"][m["code"]], rounds.get("weighted")),
                        }
                        for m in stage["modules"]
                    }
                    criteria = {}
                    for m in stage["modules"]:
                        figures = r["mods"][m["code"]]["figures"]
                        across = (m.get("panel") or {}).get("across", "sheet")
                        digits = None if across == "sheet" else (m.get("round") or {}).get("criterion")
                        if figures:
                            criteria[m["code"]] = {c: show(v, digits) for c, v in figures.items()}
                    rows.append(
                        {
                            "number": r["entry"]["number"],
                            "place": place,
                            "shared": shared,
                            "status": r["status"],
                            "total": show(r["total"], rounds.get("total")),
                            "modules": mods,
                            "criteria": criteria,
                            "gaps": r["gaps"],
                        }
                    )
                out.append({"code": division, "stage": stage["code"], "standings": rows})
        return out
