"""The standings, worked out from journals alone after RULES.md §2–§4. Figures are whole thousandths or exact fractions."""

import csv
import hashlib
import io
import itertools
import tomllib
import unicodedata
from fractions import Fraction

from journal import OPENING
from packet import Refused

SUBSTITUTE, MEMBER = "替补", "正式"


def thousandths(text):
    value = Fraction(text) * 1000
    if value.denominator != 1:
        raise Refused("plan-too-fine", text)
    return int(value)


class Plan:
    def __init__(self, text):
        plan = tomllib.loads(text)
        self.places = plan["arithmetic"]["places"]
        self.units = {u["code"]: u for u in plan["units"]}
        self.parts = {(s["id"], p["id"]): p for s in plan["stages"] for p in s.get("parts", [])}
        self.selections = plan.get("selections", [])
        self.composites = plan.get("composites", [])
        self.standings = plan.get("standings", [])
        self.awards = plan.get("awards", [])
        self.delegations = plan.get("delegations", [])
        self.clauses = {c["id"]: c["voids"] for c in plan.get("clauses", [])}

    def lineage(self, code):
        """The unit and all above it, from the inside out."""
        while code:
            unit = self.units[code]
            yield unit
            code = unit.get("parent")

    def of_tier(self, code, tier):
        return next((u["code"] for u in self.lineage(code) if u["tier"] == tier), None)

    def names(self, code):
        """City and county as lists name them."""
        top = list(self.lineage(code))[-1]
        return top["name"], "" if top["code"] == code else self.units[code]["name"]

    def full_name(self, code):
        text = ""
        for unit in reversed(list(self.lineage(code))):
            # The office of a city is 南京市本级, not 南京市市本级.
            level = unit["name"].removesuffix("本级")
            own = level and level != unit["name"] and text.endswith(level)
            text += "本级" if own else unit["name"]
        return text

    def show(self, figure):
        whole, part = divmod(figure, 1000)
        return f"{whole}.{part:03}"[: -(3 - self.places) or None] if self.places else str(whole)

    def published(self, exact):
        """Half-up to the plan's places; `exact` in thousandths, never negative."""
        unit = 10 ** (3 - self.places)
        return (2 * exact.numerator + exact.denominator * unit) // (2 * exact.denominator * unit) * unit


def wants_two_signatures(entries):
    """Whether the plan that the site was given asks for a second signature under its handovers."""
    plans = [value for e in entries if e.kind == OPENING for topic, _, value in e.facts if topic == "plan" and value]
    try:
        return any("second_signature" in tomllib.loads(plan["text"]).get("event", {}) for plan in plans)
    except tomllib.TOMLDecodeError as error:
        raise Refused("plan-unreadable", str(error)) from error


# Beside what Unicode calls control and format characters: fillers and selectors of a form, which print nothing.
BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10),
         *range(0xE0100, 0xE01F0)}


def person(name):
    """A name as two of them are compared: who differs in width, case, spaces or what nobody sees is one person."""
    seen = lambda c: not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") and ord(c) not in BLANK
    kept = "".join(c for c in unicodedata.normalize("NFKC", name) if seen(c))
    return unicodedata.normalize("NFKC", kept.upper().lower())


class Told:
    """What headquarters decided and no site's journal can say."""

    def __init__(self, weights=None, upheld=(), ties=(), nominations=(), substitutes=()):
        self.weights, self.upheld = weights, set(upheld)
        self.ties = [list(order) for order in ties]
        self.nominations, self.substitutes = dict(nominations), dict(substitutes)


class Event:
    """What all journals of an event say together."""

    def __init__(self, journals, facts, told):
        self.facts, self.told, self.held, self.notes = facts, told, [], []
        self.briefs = [self.brief(entries, journals) for entries in journals]
        plans = {b["plan"] for b in self.briefs}
        if len(plans) != 1:
            raise Refused("plans-differ")
        self.plan = Plan(plans.pop())
        self.people = {}
        for brief in self.briefs:
            for (stage, person), said in brief["candidates"].items():
                if self.people.setdefault((stage, person), said) != said:
                    raise Refused("candidates-differ", person)
        self.marks = {of: self.part_marks(of) for of in self.plan.parts if self.entrants(of)}

    def brief(self, entries, journals):
        """What the site was told when its packet was opened: people, plan, who may not sit."""
        openings = [e for e in entries if e.kind == OPENING]
        if not openings and entries:
            # A laptop that was restored goes on from one that was opened.
            openings = [e for other in journals for e in other if e.kind == OPENING and e.site == entries[0].site]
        if not openings:
            raise Refused("no-opening", entries[0].device[:12] if entries else "")
        said = {(topic, key): value for topic, key, value in openings[-1].facts if value is not None}
        plan, brief = said["plan", "-"], said["brief", "-"]
        if hashlib.sha256(plan["text"].encode()).hexdigest() != plan["sha256"]:
            raise Refused("plan-altered")
        of = lambda name: {tuple(key.split("/")): v for (topic, key), v in said.items() if topic == name}
        candidates = of("candidate")
        barred = self.barred(candidates, of("exclusion"), of("ruling"))
        sitting = set(brief["people"])
        if sitting & barred:
            raise Refused("barred-person-sits", sorted(sitting & barred)[0])
        for entry in entries:
            if entry.kind != OPENING:
                for topic, key, value in entry.facts:
                    self.in_scope((brief["stage"], brief["part"], brief["site"]), sitting, entry, (topic, key, value))
        return {"stage": brief["stage"], "part": brief["part"], "people": sitting, "plan": plan["text"], "candidates": candidates}

    @staticmethod
    def in_scope(post, sitting, entry, fact):
        """A site speaks of its own stage, part, rooms and people only."""
        (stage, part, site), (topic, key, value) = post, fact
        if topic in ("incident", "inspection") and (value is None or key != f"{entry.device[:8]}-{entry.seq}"):
            # Headquarters rules on an incident by its id: what was reported once stays.
            raise Refused("report-changed", f"entry {entry.seq} of {entry.device[:12]}: {key}")
        if topic == "incident":
            fine = (value["stage"], value["part"]) == (stage, part) and value["person"] in sitting
        elif topic == "inspection":
            fine = (value["stage"], value["part"]) == (stage, part)
        elif topic in ("room-record", "sign-off", "stand-in"):
            fine = key.split("/")[:3] == [stage, part, site]
        elif topic in ("lot-draw", "recusal"):
            fine = key.split("/")[:2] == [stage, part]
        else:
            fine = key.split("/")[:2] == [stage, part] and key.split("/")[2] in sitting
        if not fine:
            raise Refused("out-of-scope", f"entry {entry.seq} of {entry.device[:12]}: {topic} {key}")

    @staticmethod
    def barred(candidates, lines, rulings):
        """Who stands on an exclusion list by ID number, or was confirmed to be the one on it."""
        by_id = {line["id"] for line in lines.values() if line.get("id")}
        confirmed = {person for (_, person), ruling in rulings.items() if ruling["verdict"] == "confirmed"}
        return {person for _, person in candidates} & (by_id | confirmed)

    def entrants(self, of):
        return set().union(*(b["people"] for b in self.briefs if (b["stage"], b["part"]) == of))

    def under(self, topic, of):
        """Live facts of a part: {rest of the key: values}."""
        prefix = f"{of[0]}/{of[1]}/"
        return {key[len(prefix):]: [v for v, _ in held] for key, held in self.facts.get(topic, {}).items() if key.startswith(prefix)}

    def settled(self, passes, decisions, value):
        """RULES.md §7: what two keyings by two people, or a decision, make of a mark. None while nothing holds."""
        if decisions:
            return value(decisions[0]) if all(value(d) == value(decisions[0]) for d in decisions) else None
        if any(value(k) != value(one[0]) for one in passes for k in one):
            return None
        if not all(passes) or person(passes[0][0]["by"]) == person(passes[1][0]["by"]):
            return None
        first, second = value(passes[0][0]), value(passes[1][0])
        return first if first == second else None

    def part_marks(self, of):
        """{person: thousandths, "absent" or "void"}; who is not in it is missing."""
        panel = self.plan.parts[of].get("panel")
        keyed, decided = ("panel-sheet", "panel-decision") if panel else ("mark", "decision")
        value = (lambda k: k["sheet"]) if panel else (lambda k: k["value"])
        passes, decisions, absent = self.under(keyed, of), self.under(decided, of), self.under("absence", of)
        let_in = self.under("admission", of)
        out = {}
        for person in self.entrants(of):
            mine = [passes.get(f"{person}/{n}", []) for n in (1, 2)]
            chosen = decisions.get(person, [])
            holds = self.settled(mine, chosen, value)
            if holds is None:
                if person in absent and not any(mine) and not chosen:
                    out[person] = "absent"
            elif holds == "void":
                # RULES.md §5: voiding is headquarters' alone. Without its ruling the mark is open.
                self.notes.append(f"void keyed, counted as missing unless upheld: {of[0]}/{of[1]} {person}")
            elif holds == "absent" and not panel and not chosen and person in let_in and person not in absent:
                self.notes.append(f"keyed as absent, let in at the door, counted as missing until decided: {of[0]}/{of[1]} {person}")
            elif isinstance(holds, str):
                out[person] = holds
            elif panel:
                out[person] = self.panel_mark(of, panel, holds["judges"])
            elif chosen or person not in absent:
                out[person] = self.checked(of, holds["given"])
        for person in self.voided(of):
            out[person] = "void"
        return out

    def checked(self, of, mark):
        part = self.plan.parts[of]
        if not 0 <= mark <= thousandths(part["full"]) or mark % thousandths(part["step"]):
            raise Refused("mark-not-allowed", f"{of[0]}/{of[1]}: {mark}")
        return mark

    def panel_mark(self, of, panel, judges):
        """RULES.md §4: exactly so many highest and lowest struck out, the mean of the rest, published half-up."""
        if panel["drop_by"] != "total" or panel["equalise"]:
            raise Refused("plan-not-understood", "panels struck out by criterion, or equalised")
        if len(judges) != panel["judges"] or any(m is None for j in judges for m in j):
            raise Refused("judge-missing", str(judges))
        totals = sorted(sum(self.checked(of, m) for m in j) for j in judges)
        kept = totals[panel["drop_low"]: len(totals) - panel["drop_high"]]
        return self.plan.published(Fraction(sum(kept), len(kept)))

    def voided(self, of):
        out = set()
        for key, held in self.facts.get("incident", {}).items():
            incident = held[0][0]
            voids = self.plan.clauses.get(incident["clause"])
            if key not in self.told.upheld:
                if voids != "nothing" and (incident["stage"], incident["part"]) == of:
                    self.notes.append(f"incident {key}: counted as not upheld")
            elif voids == "all-parts" or (voids == "part" and (incident["stage"], incident["part"]) == of):
                out.add(incident["person"])
        return out

    def counts(self, of, person):
        mark = self.marks[of][person]
        return 0 if isinstance(mark, str) else mark

    # --- ranking ---

    def ranked(self, contenders):
        """[(rank, id, total, tie)], contenders being {id: (total, keys)}. Who is level shares a rank, 1 1 3."""
        rows = []
        order = sorted(contenders.items(), key=lambda c: (tuple(-f for f in (c[1][0], *c[1][1])), c[0]))
        while order:
            level = [one for one, figures in order if figures == order[0][1]]
            total, rank = order[0][1][0], len(rows) + 1
            ruling = next((r for r in self.told.ties if sorted(r) == sorted(level)), None)
            if len(level) == 1 or ruling:
                rows += [(rank + n, one, total, None) for n, one in enumerate(ruling or level)]
            else:
                rows += [(rank, one, total, tuple(level)) for one in level]
            order = order[len(level):]
        return rows

    def first(self, rows, quota, rule):
        """The first so many; a tie across the cut holds the list (RULES.md §3.6)."""
        if len(rows) > quota > 0 and rows[quota - 1][3] and rows[quota - 1][3] == rows[quota][3]:
            if rule.get("cut") == "all-enter":
                return [r[1] for r in rows if r[0] <= rows[quota - 1][0]]
            raise Refused("tie-held", " ".join(rows[quota][3]))
        return [r[1] for r in rows[:quota]]

    # --- selection ---

    def selected(self, to):
        """[(person, rule, group, team)] in the order of the published list."""
        plan = next(s for s in self.plan.selections if s["to"] == to)
        of = (plan["by"]["stage"], plan["by"]["part"])
        field = self.entrants(of)
        missing = sorted(field - set(self.marks[of]))
        if missing:
            raise Refused("marks-missing", f"{of[0]}/{of[1]}: {' '.join(missing[:5])}")
        marks = {p: m for p, m in self.marks[of].items() if not isinstance(m, str)}
        unit = lambda person: self.people[of[0], person]["unit"]
        taken, out = set(), []
        for at, rule in enumerate(plan["rules"]):
            groups = {}
            for person in field:
                if group := self.plan.of_tier(unit(person), rule["per"]):
                    groups.setdefault(group, set()).add(person)
            for group, members in sorted(groups.items()):
                free = {p: (marks[p], ()) for p in members - taken if p in marks}
                if rule["rule"] == "best":
                    if "fixed" not in rule["count"]:
                        raise Refused("plan-not-understood", "count")
                    chosen = [(p, None) for p in self.first(self.ranked(free), rule["count"]["fixed"], rule)]
                else:
                    chosen = self.teams(rule, group, free, unit)
                taken |= {p for p, _ in chosen}
                out += [(group, at, p, rule["name"], team) for p, team in chosen]
        out.sort(key=lambda place: place[:2])
        return self.substituted(self.in_roster_order(of[0], marks, [(p, name, group, team) for group, _, p, name, team in out]))

    def teams(self, rule, group, free, unit):
        squads = {}
        for person, figures in free.items():
            if of := self.plan.of_tier(unit(person), rule["of"]):
                squads.setdefault(of, {})[person] = figures
        squads = {of: self.ranked(squad) for of, squad in squads.items() if len(squad) >= rule["size"]}
        best = {of: [r[2] for r in rows[:rule["size"]]] for of, rows in squads.items()}
        rows = self.ranked({of: (sum(totals), ()) for of, totals in best.items()})
        winners = self.told.nominations.get(group) or self.first(rows, rule["teams"], rule)
        place = {r[1]: r[0] for r in rows}
        winners = sorted(winners, key=lambda of: (place[of], -best[of][-1], of)) if group not in self.told.nominations else winners
        return [(person, of) for of in winners for person in self.first(squads[of], rule["size"], rule)]

    def in_roster_order(self, stage, marks, places):
        """Level people of one rule and team stand as their rosters have them."""
        level = lambda place: (*place[1:], marks[place[0]])
        row = lambda place: (self.people[stage, place[0]]["source"], self.people[stage, place[0]]["row"])
        return [place for _, run in itertools.groupby(places, level) for place in sorted(run, key=row)]

    def substituted(self, places):
        for leaves, comes in self.told.substitutes.items():
            places = [(comes if p == leaves else p, rule, group, team) for p, rule, group, team in places if p != leaves or comes]
        return places

    # --- composites and standings ---

    def composites(self, stage):
        """{person: (total, keys)}, everything from published marks."""
        plan = next(c for c in self.plan.composites if c["stage"] == stage)
        terms = [(t["stage"], t["part"]) for t in plan["terms"]]
        weights = self.told.weights or [thousandths(t["weight"]) for t in plan["terms"]]
        if len(weights) != len(terms) or sum(weights) != 1000:
            raise Refused("weights-wrong", str(weights))
        out = {}
        for person in (p for p, *_ in self.selected(stage)):
            for of in terms:
                if person not in self.marks.get(of, {}):
                    raise Refused("marks-missing", f"{of[0]}/{of[1]}: {person}")
            exact = sum(Fraction(w, 1000) * self.counts(of, person) for w, of in zip(weights, terms))
            keys = tuple(self.counts((k["stage"], k["part"]), person) for k in plan.get("keys", []))
            out[person] = (self.plan.published(exact), keys)
        return out

    def standing(self, plan):
        """Rows of a standing, and its members by unit."""
        composites, of = self.composites(plan["stage"]), plan["of"]
        if of["kind"] == "people":
            if of.get("within"):
                raise Refused("plan-not-understood", "within")
            return self.ranked(composites), {}
        members = {}
        for person, rule, group, team in self.selected(plan["stage"]):
            if of["kind"] == "teams":
                unit = team if rule == of["rule"] else None
            else:
                unit = self.plan.of_tier(group, of["tier"]) if rule in of["rules"] else None
            if unit:
                members.setdefault(unit, []).append(person)
        return self.ranked({u: (sum(composites[p][0] for p in ps), ()) for u, ps in members.items()}), members


def table(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def results(event):
    """{list: CSV text}, with the columns of the published files."""
    plan, out = event.plan, {}
    where = lambda stage, person: plan.names(event.people[stage, person]["unit"])
    for selection in plan.selections:
        to, by = selection["to"], selection["by"]["stage"]
        rows = [(p, event.people[by, p]["name"], *where(by, p), rule) for p, rule, *_ in event.selected(to)]
        out["selected.csv"] = table(("id", "name", "city", "county", "as"), rows)
        seated = event.entrants(next((of for of in plan.parts if of[0] == to), (to, "")))
        if seated and seated != {r[0] for r in rows}:
            raise Refused("selection-differs", f"{to}: {' '.join(sorted(seated ^ {r[0] for r in rows})[:5])}")
    if not all(event.entrants((t["stage"], t["part"])) for c in plan.composites for t in c["terms"]):
        event.notes.append("no standings: handovers of later stages are not here")
        return out
    awards = []
    for standing in plan.standings:
        rows, members = event.standing(standing)
        stage, kind = standing["stage"], standing["of"]["kind"]
        if kind == "people":
            terms = next(c for c in plan.composites if c["stage"] == stage)["terms"]
            parts = [(t["stage"], t["part"]) for t in terms]
            columns = [of[1] if plan.parts[of].get("panel") else "_".join(of) for of in parts]
            lines = [(rank, p, event.people[stage, p]["name"], *where(stage, p), *(plan.show(event.counts(of, p)) for of in parts),
                      plan.show(total)) for rank, p, total, _ in rows]
            out["people.csv"] = table(("rank", "id", "name", "city", "county", *columns, "total"), lines)
        elif kind == "teams":
            lines = [(rank, *plan.names(u), plan.show(total), " ".join(members[u])) for rank, u, total, _ in rows]
            out["county.csv"] = table(("rank", "city", "county", "total", "members"), lines)
        else:
            out["city.csv"] = table(("rank", "city", "total"), [(r, plan.full_name(u), plan.show(t)) for r, u, t, _ in rows])
        for rank, one, _, tie in rows:
            for award in plan.awards:
                if award.get("standing") == standing["id"] and award["from"] <= rank <= award["to"]:
                    if tie and rank + len(tie) - 1 > award["to"]:
                        raise Refused("tie-held", " ".join(tie))
                    person = kind == "people"
                    name = event.people[stage, one]["name"] if person else plan.full_name(one)
                    awards.append((award["title"], name, one if person else "", rank))
        for delegation in plan.delegations:
            if delegation["standing"] == standing["id"]:
                team = next(u for r, u, *_ in rows if r == delegation["place"])
                composites = event.composites(stage)
                within = event.ranked({p: composites[p] for p in members[team]})
                last = {r[1] for r in within[-delegation["substitutes"]:]}
                out["delegation.csv"] = table(("county", "id", "name", "role"), [
                    (plan.full_name(team), p, event.people[stage, p]["name"], SUBSTITUTE if p in last else MEMBER) for p in members[team]])
    out["awards.csv"] = table(("award", "winner", "id", "rank"), awards)
    return out
