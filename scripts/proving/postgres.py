"""A PostgreSQL of our own, durable (fsync on), from the distribution's binaries: to be killed, paused and started again."""
import glob, os, pathlib, pwd, shutil, signal, subprocess, sys, tempfile, time

from .register import free_port


class Postgres:
    def __init__(self):
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
        self.by += ["env", "-i", f"PATH={self.bin}:{os.environ['PATH']}", "LC_ALL=C.UTF-8"]
        subprocess.run([*self.by, "initdb", "-D", f"{self.folder}/data", "-U", "registre", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.start()
        self.psql("CREATE DATABASE registre", "postgres")

    @property
    def url(self):
        return self.at(self.port)

    @staticmethod
    def at(port):
        return f"postgres://registre@127.0.0.1:{port}/registre"

    def start(self):
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "100", "fsync": "on", "synchronous_commit": "on",
                   "log_min_messages": "fatal"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with open(f"{self.folder}/log", "ab") as log:
            self.process = subprocess.Popen([*self.by, "postgres", "-D", f"{self.folder}/data", "-p", str(self.port), *settings], cwd=self.folder,
                                            stdout=log, stderr=log, start_new_session=True)
        for _ in range(600):
            if self.psql("SELECT 1", "postgres", check=False) == "1":
                return
            time.sleep(0.05)
        sys.exit("PostgreSQL does not start: " + open(f"{self.folder}/log").read()[-500:])

    def psql(self, sql, database="registre", check=True):
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port), "-U", "registre", "-d", database, "-c", sql]
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
