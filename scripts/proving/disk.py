"""The disk is full: what is written is refused whole, what is read is answered, and once there is room all goes on by itself."""
import errno, os, shutil, subprocess, tempfile, threading, time

from .figures import Figures
from .looking import answered_for, look, look_at_all, opened, verified
from .register import Gone, Register
from .writing import Writers

ROUNDS, FULL_FOR, LINES = 5, 4.0, 3000
MIB = 1024 * 1024


def run(program):
    for kind in ("tmpfs", "ext4"):
        folder = tempfile.mkdtemp(prefix="registre-proof-disk.")
        mounted = mount(kind, folder)
        if not mounted:
            shutil.rmtree(folder, ignore_errors=True)
            print(f"disk: no {kind} can be mounted here: left out", flush=True)
            continue
        try:
            yield on(program, kind, f"{folder}/disk")
        finally:
            subprocess.run(["umount", "--lazy", f"{folder}/disk"], check=False)
            shutil.rmtree(folder, ignore_errors=True)


def mount(kind, folder):
    os.makedirs(f"{folder}/disk")
    if kind == "tmpfs":
        return subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", f"{folder}/disk"]).returncode == 0
    with open(f"{folder}/image", "wb") as image:
        image.truncate(128 * MIB)
    made = subprocess.run(["mkfs.ext4", "-q", "-m", "0", f"{folder}/image"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return made.returncode == 0 and subprocess.run(["mount", "-o", "loop", f"{folder}/image", f"{folder}/disk"], stderr=subprocess.DEVNULL).returncode == 0


def fill(path):
    """Takes all the room that is left, to the last byte."""
    with open(path, "ab", buffering=0) as ballast:
        for size in (MIB, 4096, 1):
            try:
                while True:
                    ballast.write(b"\0" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
        try:
            os.fsync(ballast.fileno())
        except OSError:
            pass


def keep_full(path, over):
    """What the register frees meanwhile is taken, too."""
    while not over.is_set():
        fill(path)
        time.sleep(0.05)


def on(program, kind, disk):
    figures = Figures(f"disk full ({kind})", "SQLite")
    data, temporary = f"{disk}/data", f"{disk}/tmp"
    os.makedirs(data), os.makedirs(temporary)
    # Its lines go to the same disk: whoever logs there loses lines, and nothing else.
    register = Register(program, data=data, settings={"LOG": "info"}, env={"TMPDIR": temporary})
    writers = Writers(register, clients=4, passing=(409, 503, 507), paper=16 * 1024)
    wrong, slowest, read, refused = figures.wrong, 0.0, 0, 0
    try:
        register.start()
        writers.prepare()
        writers.start()
        writers.again_within(10)
        imports = []
        for turn in range(ROUNDS):
            time.sleep(1.0)
            imports.append(begin_import(register, writers.recorder, turn))
            over = threading.Event()
            filling = threading.Thread(target=keep_full, args=(f"{disk}/ballast", over))
            figures.tried += 1
            filling.start()
            before, began = writers.answers[507], time.monotonic()
            while time.monotonic() - began < FULL_FOR:
                # What stands is read, the log of acts too, and a list that was never asked for.
                for path in ("/health", "/v1/log/entries", f"/v1/deliberations?limit={1 + read % 50}"):
                    read += 1
                    try:
                        status = register.ask("GET", path, writers.recorder, timeout=10).status
                    except Gone as error:
                        status = str(error)
                    if status != 200:
                        wrong.append(f"GET {path} while the disk is full: {status}")
                time.sleep(0.2)
            refusal = register.ask("POST", "/v1/persons", writers.recorder, {"family_name": "X" * 50_000})
            if (refusal.status, refusal.kind()) != (507, "storage-full") or not refusal.headers.get("Retry-After"):
                wrong.append(f"a write while the disk is full: {refusal.status} {refusal.body[:200]}")
            refusal = register.ask("POST", "/v1/imports", writers.recorder, lines("full") * 200, {"Content-Type": "application/x-ndjson"})
            if refusal.status != 507:
                wrong.append(f"an import while the disk is full: {refusal.status} {refusal.body[:200]}")
            if writers.answers[507] == before:
                wrong.append("the disk was full, and no writer was told so")
            over.set()
            filling.join()
            os.remove(f"{disk}/ballast")
            back = writers.again_within(30)
            if back is None or not register.alive():
                wrong.append(f"nothing was acknowledged within 30 s after there was room again: {register.said()[-300:]}")
                break
            figures.survived, slowest = figures.survived + 1, max(slowest, back)
        writers.stop()
        ended = [wait_for(register, writers.recorder, one, wrong) for one in imports]
        wrong += writers.wrong
        refused = writers.answers[507] + writers.answers[503]
        if left := os.listdir(f"{data}/files/uploads") if os.path.isdir(f"{data}/files/uploads") else []:
            wrong.append(f"left of uploads that were refused: {left[:3]}")
        answered_for(register, writers.recorder, [r for r, _ in writers.written], wrong, 200)
        verified(register, writers.recorder, wrong)
        register.kill()
        base = opened(register)
        figures.lost = look(base, writers.acknowledged(), wrong)
        versions, records, files = look_at_all(base, f"{data}/files", wrong)
        people = int(base.rows("SELECT count(*) FROM directory WHERE kind = 'person' AND name LIKE '%MEMBRE-%-%'")[0][0])
        if people != LINES * len(ended):
            wrong.append(f"{people} people of {len(ended)} imports of {LINES} lines")
        base.close()
        figures.more += [f"{writers.count()} writes acknowledged, {refused} refused (507: {writers.answers[507]}), {read} reads answered meanwhile",
                         f"{versions} versions of {len(records)} records and {files} files are whole",
                         f"{len(ended)} imports of {LINES} lines went on by themselves: each line is there once",
                         f"acknowledged again after {slowest:.1f} s at most"]
        return figures
    finally:
        writers.over.set()
        register.kill()


def lines(mark):
    return "".join(f'{{"kind": "person", "key": "{mark}-{n}", "record": {{"family_name": "MEMBRE-{mark}-{n}"}}}}\n' for n in range(LINES)).encode()


def begin_import(register, token, turn):
    answer = register.ask("POST", "/v1/imports?mode=per_line", token, lines(turn), {"Content-Type": "application/x-ndjson"})
    return answer.json()["href"] if answer.status == 202 else None


def wait_for(register, token, href, wrong):
    if href is None:
        wrong.append("an import was refused while there was room")
        return None
    for _ in range(600):
        now = register.must("GET", href, token)
        if now["state"] not in ("queued", "running"):
            break
        time.sleep(0.1)
    if (now["state"], now["accepted"], now["refused"]) != ("done", LINES, 0):
        wrong.append(f"an import: {now['state']} ({now['reason']}), {now['accepted']} accepted of {LINES}, {now['refused']} refused")
    return now["state"]
