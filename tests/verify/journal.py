"""The journal: each line's form, owner, place, hash and signature."""

import hashlib
import re

from ed25519 import Key
from packet import Refused, object_of, read

FIELDS = {"v", "mode", "event", "site", "device", "seq", "prev", "t", "mono", "boot", "op", "kind", "body", "supersedes"}
OPENING = "packet.opened"
HQ = "hq"
# What a site took over from headquarters' receipt: true in its own database, no news to anybody else.
SETTLED = "receipt.taken"
# What a site may state of its own; everything else comes from headquarters.
OF_SITES = {"admission", "absence", "incident", "room-record", "sign-off", "mark", "decision", "lot-draw", "lot", "panel-sheet",
            "panel-decision", "opening", "stand-in", "recusal", "inspection"}
# What an opening repeats of the site packet.
OF_BRIEFS = {"event", "plan", "trust", "operator", "candidate", "exclusion", "ruling", "seat", "room", "brief", "opening", "staff", "duty", "recusal"}
ID = re.compile(r"[0-9a-f]{64}")


class Entry:
    def __init__(self, line, fields):
        self.line = line
        self.id = hashlib.sha256(line).hexdigest()
        self.device, self.seq, self.kind = fields["device"], fields["seq"], fields["kind"]
        self.at, self.operator, self.site = fields["t"], fields["op"], fields["site"]
        self.facts = [] if self.kind == SETTLED else [(f["topic"], f["key"], f["value"]) for f in fields["body"].get("facts", [])]
        self.supersedes = set(fields["supersedes"])


def check_code(head):
    number = int.from_bytes(hashlib.sha256(head.encode()).digest()[:8], "big") % 100_000_000
    return f"{number // 10_000:04}-{number % 10_000:04}"


def check(folder, manifest, public, under=""):
    """Every entry of a handover's journal, each one checked; `under` a folder the journal of a former device."""
    lines = read(folder, f"{under}journal.jsonl").split(b"\n")
    signatures = read(folder, f"{under}journal.sigs").split(b"\n")
    if lines.pop() != b"" or signatures.pop() != b"" or len(lines) != len(signatures):
        raise Refused("signatures-not-one-a-line", f"{len(lines)} lines, {len(signatures)} signatures")
    try:
        key = Key(public)
    except ValueError as error:
        raise Refused("key-unreadable", str(error)) from error
    entries, before = [], ""
    for number, (line, signature) in enumerate(zip(lines, signatures), 1):
        where = f"line {number}"
        try:
            signature = bytes.fromhex(signature.decode("ascii"))
        except ValueError as error:
            raise Refused("signature-wrong", where) from error
        # First the signature, over the bytes as they stand: nothing is read out of a line that nobody signed.
        if not key.verifies(signature, line):
            raise Refused("signature-wrong", where)
        fields = object_of(line, where)
        if set(fields) != FIELDS or fields["v"] != 1 or set(fields["body"]) - {"about", "facts"}:
            raise Refused("form-wrong", where)
        for name, wanted in (("event", manifest["event"]), ("mode", manifest["mode"]), ("site", manifest["from"]),
                             ("device", manifest["device"])):
            if fields[name] != wanted:
                raise Refused(f"entry-of-other-{name}", f"{where}: {fields[name]}")
        if fields["seq"] != number:
            raise Refused("entry-missing", f"{where} has number {fields['seq']}")
        if fields["prev"] != before:
            raise Refused("chain-broken", f"{where} goes on from {fields['prev'][:12]}, before it stands {before[:12]}")
        if not all(ID.fullmatch(i) for i in fields["supersedes"]):
            raise Refused("form-wrong", f"{where}: supersedes")
        entry = Entry(line, fields)
        keys = [(topic, key) for topic, key, _ in entry.facts]
        if len(set(keys)) != len(keys):
            raise Refused("fact-twice", where)
        for topic in {f["topic"] for f in fields["body"].get("facts", [])}:
            if topic not in (OF_BRIEFS if entry.kind == OPENING else OF_SITES):
                raise Refused("site-oversteps", f"{where}: {topic}")
        before = entry.id
        entries.append(entry)
    if not under and (manifest["seq"] != len(entries) or manifest["head"] != before or manifest["check_code"] != check_code(before)):
        raise Refused("head-differs", f"manifest {manifest['seq']} {manifest['head'][:12]}, journal {len(entries)} {before[:12]}")
    return entries


def union(journals):
    """The longest journal of each device; two that differ in what both hold are a fork."""
    longest = {}
    for entries in journals:
        device = entries[0].device if entries else None
        known = longest.get(device, [])
        for a, b in zip(known, entries):
            if a.id != b.id:
                raise Refused("fork", f"device {device[:12]} wrote two entries of number {a.seq}")
        if len(entries) > len(known):
            longest[device] = entries
    return list(longest.values())


def live_facts(entries):
    """{topic: {key: [(value, entry)]}} of what no entry has replaced: it names the entry and states the same topic and key.
    A site replaces what the laptops of that site said, and nobody else's word; headquarters anybody's."""
    may = lambda new, old: new.site in (HQ, old.site)
    stated = {}
    for entry in entries:
        for topic, key, value in entry.facts:
            stated.setdefault((topic, key), []).append((entry, value))
    live = {}
    for (topic, key), holders in stated.items():
        for entry, value in holders:
            if value is not None and not any(entry.id in other.supersedes and may(other, entry) for other, _ in holders):
                live.setdefault(topic, {}).setdefault(key, []).append((value, entry))
    return live
