"""A register of our own: started, asked, killed; in a folder that is thrown away."""
import http.client, json, os, pathlib, shutil, signal, socket, subprocess, sys, tempfile, time

SIREN = "229900014"


def program():
    found = os.environ.pop("REGISTRE_BIN", None) or str(pathlib.Path(__file__).resolve().parents[2] / "target/release/registre")
    if not os.access(found, os.X_OK):
        sys.exit(f"{found} is not there: build it (cargo build --release), or name it in REGISTRE_BIN")
    return found


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Gone(Exception):
    """No answer: the register is down, or went down, or took too long."""


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    def json(self):
        return json.loads(self.body)

    def kind(self):
        """The name of the problem, where it is one."""
        try:
            return self.json()["type"].rsplit("/", 1)[1]
        except (ValueError, KeyError, TypeError):
            return ""


class Register:
    """`url` is that of a PostgreSQL database; without one it is SQLite. `before` stands before the program: another user, a preloaded library."""

    def __init__(self, program, data=None, url=None, settings=None, env=None, before=()):
        self.program, self.url, self.before = program, url, list(before)
        self.own = data is None
        self.data = data or tempfile.mkdtemp(prefix="registre-proof.")
        self.port, self.process = free_port(), None
        self.env = {"PATH": os.environ["PATH"], "REGISTRE_DATA_DIR": self.data, "REGISTRE_LISTEN": f"127.0.0.1:{self.port}", "REGISTRE_LOG": "error"}
        self.env |= {f"REGISTRE_{key}": value for key, value in (settings or {}).items()}
        self.extra = env or {}
        if url:
            self.env["DATABASE_URL"] = url

    @property
    def engine(self):
        return "PostgreSQL" if self.url else "SQLite"

    @property
    def file(self):
        return f"{self.data}/registre.sqlite3"

    @property
    def log(self):
        return f"{self.data}/log"

    def start(self, within=60, limit=None):
        """`limit`: the most files that it may open."""
        command = [*self.before, self.program, "serve"]
        if limit:
            command = ["prlimit", f"--nofile={limit}:{limit}", *command]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, env=self.env | self.extra, cwd=self.data, stderr=log)
        self.ready(within)

    def ready(self, within=60):
        began = time.monotonic()
        while time.monotonic() - began < within:
            try:
                if self.ask("GET", "/ready", timeout=5).status == 200:
                    return time.monotonic() - began
            except Gone:
                pass
            if self.process.poll() is not None:
                sys.exit("the register ended: " + self.said())
            time.sleep(0.01)
        sys.exit(f"the register is not ready after {within} s: " + self.said())

    def said(self):
        try:
            return open(self.log, errors="replace").read()[-2000:]
        except OSError:
            return ""

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def remove(self):
        self.kill()
        if self.own:
            shutil.rmtree(self.data, ignore_errors=True)

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def memory(self):
        """Bytes that the service has in use."""
        for line in open(f"/proc/{self.process.pid}/status"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        return 0

    def files_open(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def ask(self, method, path, token=None, body=None, headers=None, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            head = dict(headers or {})
            if token:
                head["Authorization"] = f"Bearer {token}"
            if body is not None and not isinstance(body, bytes):
                body = json.dumps(body)
                head.setdefault("Content-Type", "application/json")
            connection.request(method, path, body, head)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), answer.headers)
        except (OSError, http.client.HTTPException) as error:
            raise Gone(str(error)) from error
        finally:
            connection.close()

    def must(self, method, path, token=None, body=None, headers=None):
        answer = self.ask(method, path, token, body, headers)
        if answer.status not in (200, 201, 202):
            sys.exit(f"{method} {path}: {answer.status} {answer.body.decode(errors='replace')[:500]}")
        return answer.json()

    def token(self, sub, days=1, authority=SIREN):
        command = [*self.before, self.program, "token", "--authority", authority, "--sub", sub, "--scope", "all", "--days", str(days)]
        return subprocess.check_output(command, env=self.env | self.extra, cwd=self.data, text=True).strip()

    def verify(self, source=None, *more):
        """What the program itself says of the log of the database, or of an export of it."""
        source = source or self.url or f"sqlite:{self.file}"
        done = subprocess.run([self.program, "verify", source, *more], env=self.env, cwd=self.data, capture_output=True, text=True)
        return done.returncode == 0, (done.stdout + done.stderr).strip()
