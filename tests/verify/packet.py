"""The envelope: age, zip, the chain of trust, the manifest.

What stands in a packet is opened by `age`, signatures are checked by `ssh-keygen`, hashes by `sha256sum`: each step can be
repeated by hand.
"""

import base64
import hashlib
import json
import os
import pty
import subprocess
import zipfile


class Refused(Exception):
    """What is wrong, by name, and where."""

    def __init__(self, name, detail=""):
        super().__init__(f"{name}: {detail}" if detail else name)
        self.name = name


SIZE_LIMIT = 2 << 30
FILE_LIMIT = 10_000


def run(*command, stdin=b""):
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def open_key(identity, words, work):
    """A key that lies under words, opened: age asks for them at a terminal, and is given one."""
    with open(words, encoding="utf-8") as file:
        typed = " ".join(file.read().split())
    opened = os.path.join(work, "identity")
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("age", ["age", "--decrypt", "--output", opened, identity])
    told = b""
    try:
        while part := os.read(terminal, 1024):
            told += part
            if b"passphrase:" in told.lower() and typed is not None:
                os.write(terminal, typed.encode() + b"\n")
                typed = None
    except OSError:
        pass  # The other end is closed.
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise Refused("cannot-open-key", identity)
    return opened


def decrypt(file, identity, work, words=None):
    inside = os.path.join(work, "inside.zip")
    if words is not None:
        identity = open_key(identity, words, work)
    done = run("age", "--decrypt", "--identity", identity, "--output", inside, file)
    if done.returncode != 0:
        raise Refused("cannot-decrypt", done.stderr.decode(errors="replace").strip().splitlines()[0])
    return inside


def plain(name):
    parts = name.split("/")
    return not (set(name) & set('\\:') or any(ord(c) < 32 for c in name) or any(p in ("", ".", "..") for p in parts))


def unpack(inside, folder):
    """Unpacks the zip: plain names, none twice, no more than fits."""
    try:
        with zipfile.ZipFile(inside) as archive:
            members = archive.infolist()
            if len(members) > FILE_LIMIT or sum(m.file_size for m in members) > SIZE_LIMIT:
                raise Refused("zip-too-large")
            names = [m.filename for m in members]
            if len(set(names)) != len(names):
                raise Refused("zip-name-twice")
            for name in names:
                if not plain(name):
                    raise Refused("zip-name-unsafe", name)
            for member in members:
                to = os.path.join(folder, member.filename)
                os.makedirs(os.path.dirname(to), exist_ok=True)
                with archive.open(member) as source, open(to, "wb") as out:
                    while block := source.read(1 << 20):
                        out.write(block)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Refused("zip-damaged", str(error)) from error
    return names


def read(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise Refused("file-missing", name) from error


def object_of(data, name):
    """One JSON object in its one form: sorted keys, no spaces, integers only."""
    def no_fraction(text):
        raise ValueError(f"a fraction: {text}")

    try:
        value = json.loads(data, parse_float=no_fraction, parse_constant=no_fraction)
        same = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == data
    except (ValueError, RecursionError) as error:
        raise Refused("form-wrong", f"{name}: {error}") from error
    if not same or not isinstance(value, dict):
        raise Refused("form-wrong", f"{name}: keys not sorted, doubled, or spaces")
    return value


def signed(folder, name, key, namespace):
    """Whether `key` signed a file for this purpose."""
    allowed = os.path.join(folder, "..", "allowed")
    with open(allowed, "w", encoding="utf-8") as file:
        file.write(f'signer namespaces="{namespace}" {key}\n')
    signature = os.path.join(folder, name + ".sig")
    if not os.path.exists(signature):
        raise Refused("file-missing", name + ".sig")
    command = ("ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "signer", "-n", namespace, "-s", signature)
    return run(*command, stdin=read(folder, name)).returncode == 0


def twice(folder, pem):
    """Whether SM2 over SM3 signed the manifest, too; OpenSSL says so."""
    key = os.path.join(folder, "..", "second.pem")
    with open(key, "w", encoding="utf-8") as file:
        file.write(pem)
    command = ("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678",
               "-in", os.path.join(folder, "manifest.json"), "-sigfile", os.path.join(folder, "manifest.json.sm2"))
    return run(*command).returncode == 0


def key_bytes(line):
    """The 32 bytes of an OpenSSH line of an Ed25519 key."""
    try:
        kind, blob = line.split()[:2]
        blob = base64.b64decode(blob, validate=True)
    except ValueError as error:
        raise Refused("key-unreadable", line[:40]) from error
    if kind != "ssh-ed25519" or len(blob) != 51:
        raise Refused("key-unreadable", line[:40])
    return blob[-32:]


def statement(folder, name, key, namespace, manifest):
    if not signed(folder, name, key, namespace):
        raise Refused("chain-signature-wrong", name)
    said = object_of(read(folder, name), name)
    if said.get("event") != manifest["event"] or said.get("mode") != manifest["mode"]:
        raise Refused("chain-of-other-event", name)
    return said


def former(folder, names, manifest, site):
    """Devices this one goes on from, whose feeds travel with its own: {folder: (device, public key)}."""
    out = {}
    for device in sorted({name.split("/")[1] for name in names if name.startswith("former/")}):
        under = f"former/{device}"
        said = statement(folder, f"{under}/chain/device.json", site["key"], "kaowu-device", manifest)
        public = key_bytes(said["key"])
        if said["site"] != site["site"] or hashlib.sha256(public).hexdigest() != device:
            raise Refused("chain-of-other-site", under)
        out[under] = (device, public)
    return out


def algorithms(manifest, device):
    """The names must say what was checked here: a manifest that names others means something else, or lies."""
    named = manifest.get("algorithms", {"hash": "sha-256", "signature": "ed25519"})
    checked = {"hash": "sha-256", "signature": "ed25519"} | ({"second": "sm2-sm3"} if "second" in device else {})
    if named != checked:
        raise Refused("algorithms-differ", str(named))


def check(folder, names, root):
    """Follows the chain from the root to the manifest and the manifest to the files."""
    manifest = object_of(read(folder, "manifest.json"), "manifest.json")
    if manifest.get("v") != 1:
        raise Refused("manifest-version", str(manifest.get("v")))
    if manifest.get("kind") != "handover":
        raise Refused("no-handover", str(manifest.get("kind")))
    if key_bytes(read(folder, "chain/root.pub").decode(errors="replace")) != key_bytes(root):
        raise Refused("root-differs")
    site = statement(folder, "chain/site.json", root, "kaowu-site", manifest)
    device = statement(folder, "chain/device.json", site["key"], "kaowu-device", manifest)
    if device["site"] != site["site"]:
        raise Refused("chain-of-other-site", device["site"])
    if not signed(folder, "manifest.json", device["key"], "kaowu-manifest"):
        raise Refused("manifest-signature-wrong")
    algorithms(manifest, device)
    if "second" in device and not twice(folder, device["second"]):
        raise Refused("second-signature-wrong")
    public = key_bytes(device["key"])
    if manifest["device"] != hashlib.sha256(public).hexdigest() or manifest["from"] != site["site"]:
        raise Refused("manifest-of-other-device")
    listed = manifest["files"]
    for name in sorted(listed):
        if not plain(name) or not os.path.exists(os.path.join(folder, name)):
            raise Refused("file-missing", name)
    sums = "".join(f"{listed[name]['sha256']}  {folder}/{name}\n" for name in sorted(listed))
    if run("sha256sum", "--check", "--strict", "--status", stdin=sums.encode()).returncode != 0:
        for name in sorted(listed):
            if hashlib.sha256(read(folder, name)).hexdigest() != listed[name]["sha256"]:
                raise Refused("file-altered", name)
        raise Refused("file-altered")
    for name in names:
        if name not in listed and name not in ("manifest.json", "manifest.json.sig", "manifest.json.sm2"):
            raise Refused("file-unlisted", name)
    return manifest, public, former(folder, names, manifest, site), "second" in device
