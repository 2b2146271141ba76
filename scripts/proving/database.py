"""PostgreSQL goes away in every manner that we know, and comes back: the register says 503 meanwhile, and goes on by itself."""
import collections, os, signal, socket, threading, time

from .figures import Figures, milliseconds, percentile
from .looking import answered_for, look, look_at_all, opened, verified
from .postgres import Cable, Postgres
from .register import Gone, Register, free_port
from .writing import Writers

BACK_WITHIN = 40


class Proxy:
    """Between the register and the database: lets bytes through, cuts, or swallows them without a word."""

    def __init__(self, to):
        self.to, self.port, self.swallows, self.open = to, free_port(), False, True
        self.pairs, self.lock = [], threading.Lock()
        self.listen()

    def listen(self):
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                one, _ = listener.accept()
            except OSError:
                return
            try:
                other = socket.create_connection(("127.0.0.1", self.to), timeout=2)
                other.settimeout(None)
            except OSError:
                one.close()
                continue
            with self.lock:
                self.pairs.append((one, other))
            for a, b in ((one, other), (other, one)):
                threading.Thread(target=self.carry, args=(a, b), daemon=True).start()

    def carry(self, a, b):
        try:
            while data := a.recv(65536):
                while self.swallows:
                    time.sleep(0.05)
                b.sendall(data)
        except OSError:
            pass
        for end in (a, b):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        # A socket that another thread waits on goes on listening: it is woken first.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self.lock:
            for pair in self.pairs:
                for end in pair:
                    try:
                        end.shutdown(socket.SHUT_RDWR)
                        end.close()
                    except OSError:
                        pass
            self.pairs = []


class Prober(threading.Thread):
    """Reads what is not in memory, over and over: what it is answered, and after how long."""

    def __init__(self, register, token):
        super().__init__(daemon=True)
        self.register, self.token, self.over = register, token, threading.Event()
        self.answers, self.took, self.health, self.wrong = collections.Counter(), collections.defaultdict(list), 0, []

    def run(self):
        n = 0
        while not self.over.is_set():
            n += 1
            for path in (f"/v1/persons?limit={1 + n % 90}", "/health"):
                began = time.monotonic()
                try:
                    answer = self.register.ask("GET", path, self.token, timeout=60)
                except Gone:
                    self.answers["no answer"] += 1
                    continue
                self.took[answer.status].append(time.monotonic() - began)
                self.answers[answer.status] += 1
                if answer.status not in (200, 503):
                    self.wrong.append(f"GET {path}: {answer.status} {answer.body[:200]}")
                if answer.status == 503 and not answer.headers.get("Retry-After"):
                    self.wrong.append(f"GET {path}: 503 without Retry-After")
                if path == "/health" and answer.status != 200:
                    self.wrong.append(f"/health: {answer.status}")
            time.sleep(0.1)


def run(program):
    cable = Cable() if Cable.possible() else None
    try:
        yield gone_and_back(program, cable)
    finally:
        if cable:
            cable.remove()


def gone_and_back(program, cable):
    figures = Figures("database gone and back", "PostgreSQL")
    postgres = Postgres()
    proxy = Proxy(postgres.port)
    register = Register(program, url=Postgres.at("127.0.0.1", proxy.port))
    writers = Writers(register)
    wrong, told = figures.wrong, []
    try:
        register.start()
        writers.prepare()
        writers.start()
        prober = Prober(register, writers.recorder)
        prober.start()

        def gone(name, takes, brings):
            time.sleep(2)
            figures.tried += 1
            before = dict(writers.answers)
            takes()
            acknowledged = writers.acknowledged()
            brings()
            back = writers.again_within(BACK_WITHIN)
            refused = writers.answers[503] - before.get(503, 0)
            if back is None:
                wrong.append(f"{name}: nothing was acknowledged within {BACK_WITHIN} s")
                return
            base = opened(direct)
            figures.lost += look(base, acknowledged, wrong)
            base.close()
            figures.survived += 1
            told.append(f"{name}: {refused} × 503, again after {back:.1f} s")

        # The proof reads beside the proxy.
        direct = Register(program, data=register.data, url=postgres.url)
        for turn in range(2):
            gone("stopped at once for 3 s", lambda: (postgres.kill(signal.SIGQUIT), time.sleep(3)), postgres.start)
            gone("killed for 3 s", lambda: (postgres.kill(), time.sleep(3)), postgres.start)
            gone("cut off for 5 s", lambda: (proxy.cut(), time.sleep(5)), proxy.listen)
        gone("killed for 20 s", lambda: (postgres.kill(), time.sleep(20)), postgres.start)
        gone("paused for 20 s", lambda: (postgres.pause(), time.sleep(20)), postgres.resume)
        gone("silent for 20 s", lambda: (setattr(proxy, "swallows", True), time.sleep(20)), lambda: setattr(proxy, "swallows", False))
        for backend in range(5):
            # One session is killed: PostgreSQL ends all the others, and starts anew by itself.
            gone("a session killed", lambda: kill_a_session(postgres), postgres.answers)
        writers.stop()
        prober.over.set()
        prober.join()
        wrong += writers.wrong + prober.wrong
        base = opened(direct)
        figures.lost += look(base, writers.acknowledged(), wrong)
        versions, records, files = look_at_all(base, f"{register.data}/files", wrong)
        base.close()
        answered_for(register, writers.recorder, records, wrong, 300)
        verify_through(direct, register, writers.recorder, wrong)
        refusals = prober.took[503]
        figures.more += [f"{writers.count()} writes acknowledged, answers {dict(sorted(writers.answers.items()))}, {writers.unanswered} without an answer",
                         f"reads meanwhile {dict(sorted(prober.answers.items(), key=str))}, a 503 after {milliseconds(refusals)}, {percentile(refusals, 1.0):.1f} s at most",
                         f"{versions} versions of {len(records)} records and {files} files are whole", *told]
    finally:
        writers.over.set()
        register.remove()
        postgres.remove()
    if cable:
        unplugged(program, cable, figures)
    else:
        figures.more.append("no cable was pulled: that needs root, and ip")
    return figures


def unplugged(program, cable, figures):
    """What is sent is lost, and nobody says so: only the client's own patience ends it."""
    postgres = Postgres(cable)
    register = Register(program, url=postgres.url)
    writers = Writers(register)
    try:
        register.start()
        writers.prepare()
        writers.start()
        for seconds in (8, 40):
            time.sleep(2)
            figures.tried += 1
            cable.pull()
            acknowledged, before, began = writers.acknowledged(), writers.answers[503], time.monotonic()
            while writers.answers[503] == before and time.monotonic() - began < seconds:
                time.sleep(0.05)
            first = time.monotonic() - began
            time.sleep(max(0.0, began + seconds - time.monotonic()))
            refused = writers.answers[503] - before
            cable.plug()
            back = writers.again_within(BACK_WITHIN)
            if back is None:
                figures.wrong.append(f"unplugged for {seconds} s: nothing was acknowledged within {BACK_WITHIN} s")
                break
            base = opened(register)
            figures.lost += look(base, acknowledged, figures.wrong)
            base.close()
            figures.survived += 1
            figures.more.append(f"unplugged for {seconds} s: {refused} × 503" + (f", the first after {first:.0f} s" if refused else "") + f", again after {back:.1f} s")
        writers.stop()
        figures.wrong += writers.wrong
        base = opened(register)
        figures.lost += look(base, writers.acknowledged(), figures.wrong)
        look_at_all(base, f"{register.data}/files", figures.wrong)
        base.close()
    finally:
        writers.over.set()
        register.remove()
        postgres.remove()


def verify_through(direct, register, token, wrong):
    """The log of the database itself, asked for through the register, checked beside it."""
    direct.port = register.port
    verified(direct, token, wrong)


def kill_a_session(postgres):
    pid = postgres.psql("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1")
    if pid:
        os.kill(int(pid), signal.SIGKILL)
        # Until the postmaster has noticed.
        time.sleep(0.5)
