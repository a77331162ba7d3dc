"""verify-handover: what one says on the command line, and what is said back."""

import argparse
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import journal
import packet
import standings

REFUSED, WRONG_USAGE = 1, 2


def arguments():
    words = argparse.ArgumentParser(
        prog="verify-handover",
        description="Checks handovers of Kaowu: trust, hashes, signatures, every entry of the journal; with --results also works out "
        "selection and standings from the journals alone. Exit 0: all right; 1: refused, by name; 2: wrong usage.")
    words.add_argument("handovers", nargs="+", metavar="FILE|FOLDER", help="handovers (.kaowu), or folders of them")
    words.add_argument("--root", required=True, help="file with the root key of headquarters, one OpenSSH line")
    words.add_argument("--identity", required=True, help="file with an age identity that opens handovers: headquarters' or the escrow key")
    words.add_argument("--results", metavar="FOLDER", help="work out the lists and write them there as CSV")
    told = words.add_argument_group("what headquarters decided, from its documents")
    told.add_argument("--weights", help="weights of the composite, as 0.3,0.3,0.4; without it those of the plan")
    told.add_argument("--upheld", action="append", default=[], metavar="INCIDENT", help="an incident that was upheld")
    told.add_argument("--tie", action="append", default=[], metavar="ID,ID", help="the order in which a held tie was resolved")
    told.add_argument("--nominated", action="append", default=[], metavar="CITY=COUNTY,COUNTY", help="teams that headquarters named")
    told.add_argument("--substituted", action="append", default=[], metavar="ID=ID", help="who went and who came in")
    return words.parse_args()


def files_of(names):
    for name in names:
        if os.path.isdir(name):
            yield from (os.path.join(name, f) for f in sorted(os.listdir(name)) if f.endswith(".kaowu"))
        else:
            yield name


def check_file(file, root, identity):
    with tempfile.TemporaryDirectory(prefix="verify-handover-") as work:
        folder = os.path.join(work, "packet")
        os.mkdir(folder, 0o700)
        names = packet.unpack(packet.decrypt(file, identity, work), folder)
        manifest, public, former, signed_twice = packet.check(folder, names, root)
        own = journal.check(folder, manifest, public)
        if standings.wants_two_signatures(own) and not signed_twice:
            raise packet.Refused("second-signature-missing", "the plan asks for one, and the chain names no key for it")
        return manifest, own, [journal.check(folder, {**manifest, "device": device}, key, under + "/")
                               for under, (device, key) in former.items()]


def told_of(words):
    pairs = lambda items: [item.split("=", 1) for item in items]
    weights = [standings.thousandths(w) for w in words.weights.split(",")] if words.weights else None
    nominations = {city: counties.split(",") for city, counties in pairs(words.nominated)}
    return standings.Told(weights, words.upheld, [t.split(",") for t in words.tie], nominations, pairs(words.substituted))


def main():
    words, started = arguments(), time.monotonic()
    with open(words.root, encoding="utf-8") as file:
        root = file.read().strip()
    files, refused, events, journals = list(files_of(words.handovers)), 0, set(), []
    if not files:
        print("verify-handover: no handovers there", file=sys.stderr)
        return WRONG_USAGE
    for file in files:
        try:
            manifest, entries, former = check_file(file, root, words.identity)
        except packet.Refused as refusal:
            refused += 1
            print(f"REFUSED  {file}\n         {refusal}")
            continue
        except (KeyError, TypeError, AttributeError) as error:
            refused += 1
            print(f"REFUSED  {file}\n         form-wrong: {type(error).__name__} {error}")
            continue
        events.add((manifest["event"], manifest["mode"]))
        journals += [entries, *former]
        print(f"ok       {file}\n         {manifest['from']}  {len(entries)} entries  check code {manifest['check_code']}")
        for other in former:
            print(f"         goes on from {other[0].device[:8]}  {len(other)} entries  check code {journal.check_code(other[-1].id)}")
    done = 0
    try:
        if len(events) > 1:
            raise packet.Refused("several-events", ", ".join(sorted(e for e, _ in events)))
        together = journal.union(journals)
        done = sum(len(entries) for entries in together)
        if words.results and not refused:
            event = standings.Event(together, journal.live_facts([e for entries in together for e in entries]), told_of(words))
            os.makedirs(words.results, exist_ok=True)
            for name, text in standings.results(event).items():
                with open(os.path.join(words.results, name), "w", encoding="utf-8", newline="") as out:
                    out.write(text)
                print(f"wrote    {name}  {text.count(chr(10)) - 1} rows")
            for note in sorted(set(event.notes)):
                print(f"note     {note}")
    except packet.Refused as refusal:
        refused += 1
        print(f"REFUSED  all together\n         {refusal}")
    print(f"{len(files)} handovers, {refused} refused, {done} entries, {time.monotonic() - started:.1f} s")
    return REFUSED if refused else 0


sys.exit(main())
