"""A PostgreSQL of our own, durable (fsync on), from the distribution's binaries: to be killed, paused and started again."""
import glob, os, pathlib, pwd, shutil, signal, subprocess, sys, tempfile, time

from .register import free_port


class Cable:
    """A network of its own for a server, behind a cable that can be pulled; as root, where there is `ip`."""
    outside, inside = "10.213.77.1", "10.213.77.2"

    def __init__(self):
        self.name = f"registre{os.getpid() % 10000}"
        self.into = ["ip", "netns", "exec", self.name]
        near, self.far = f"rg{os.getpid() % 10000}a", f"rg{os.getpid() % 10000}b"
        for line in (f"netns add {self.name}", f"link add {near} type veth peer name {self.far} netns {self.name}", f"address add {self.outside}/30 dev {near}",
                     f"link set {near} up", f"-n {self.name} address add {self.inside}/30 dev {self.far}", f"-n {self.name} link set {self.far} up"):
            subprocess.run(["ip", *line.split()], check=True)

    @staticmethod
    def possible():
        return os.geteuid() == 0 and shutil.which("ip") is not None

    def pull(self):
        """Nothing says no: what is sent is lost."""
        subprocess.run(["ip", "-n", self.name, "link", "set", self.far, "down"], check=True)

    def plug(self):
        subprocess.run(["ip", "-n", self.name, "link", "set", self.far, "up"], check=True)

    def remove(self):
        subprocess.run(["ip", "netns", "delete", self.name], check=False)


class Postgres:
    def __init__(self, cable=None):
        self.host = cable.inside if cable else "127.0.0.1"
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
        self.bin = os.environ.get("PG_BIN") or next((f for f in found if os.access(f"{f}/postgres", os.X_OK)), None)
        if not self.bin:
            sys.exit("no PostgreSQL server here: install it (Debian: apt-get install postgresql), or name the folder of its programs in PG_BIN")
        self.folder, self.port, self.process = tempfile.mkdtemp(prefix="registre-proof-pg."), free_port(), None
        self.by = ["setpriv", "--pdeathsig", "QUIT"]
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.by = ["setpriv", "--reuid=postgres", f"--regid={account.pw_gid}", "--init-groups", "--pdeathsig", "QUIT"]
        self.by = [*(cable.into if cable else ()), *self.by, "env", "-i", f"PATH={self.bin}:{os.environ['PATH']}", "LC_ALL=C.UTF-8"]
        subprocess.run([*self.by, "initdb", "-D", f"{self.folder}/data", "-U", "registre", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        if cable:
            with open(f"{self.folder}/data/pg_hba.conf", "a") as rules:
                rules.write(f"host all all {cable.outside}/30 trust\n")
        self.start()
        self.psql("CREATE DATABASE registre", "postgres")

    @property
    def url(self):
        return self.at(self.host, self.port)

    @staticmethod
    def at(host, port):
        return f"postgres://registre@{host}:{port}/registre"

    def start(self):
        options = {"listen_addresses": self.host, "unix_socket_directories": "", "max_connections": "100", "fsync": "on", "synchronous_commit": "on",
                   "log_min_messages": "fatal"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with open(f"{self.folder}/log", "ab") as log:
            self.process = subprocess.Popen([*self.by, "postgres", "-D", f"{self.folder}/data", "-p", str(self.port), *settings], cwd=self.folder,
                                            stdout=log, stderr=log, start_new_session=True)
        self.answers()

    def answers(self):
        """Waits until it does."""
        for _ in range(600):
            if self.psql("SELECT 1", "postgres", check=False) == "1":
                return
            time.sleep(0.05)
        sys.exit("PostgreSQL does not start: " + open(f"{self.folder}/log").read()[-500:])

    def psql(self, sql, database="registre", check=True):
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.host, "-p", str(self.port), "-U", "registre", "-d", database, "-c", sql]
        done = subprocess.run(command, capture_output=True, text=True)
        if check and done.returncode:
            sys.exit("psql: " + done.stderr[:500])
        return done.stdout.strip()

    def all(self):
        """The postmaster, and its children."""
        mother = self.process.pid
        children = [int(p) for p in pathlib.Path(f"/proc/{mother}/task/{mother}/children").read_text().split()]
        return [mother, *children]

    def kill(self, how=signal.SIGKILL):
        """kill -9 of the postmaster: its children notice, and end; what they had not written is lost. SIGQUIT is the immediate stop."""
        mine = self.all()
        os.kill(mine[0], how)
        self.process.wait()
        # The next one is refused while one of them lives: its shared memory is in use.
        for _ in range(200):
            if not any(self.is_postgres(p) for p in mine[1:]):
                return
            time.sleep(0.05)
        for child in mine[1:]:
            if self.is_postgres(child):
                os.kill(child, signal.SIGKILL)

    @staticmethod
    def is_postgres(pid):
        try:
            return pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
        except OSError:
            return False

    def pause(self):
        for one in self.all():
            os.kill(one, signal.SIGSTOP)

    def resume(self):
        for one in reversed(self.all()):
            os.kill(one, signal.SIGCONT)

    def remove(self):
        if self.process.poll() is None:
            self.resume()
            self.kill(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)
