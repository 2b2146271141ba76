"""A PostgreSQL of our own, durable (fsync on), and what the register says to it."""
import os, pwd, re, shutil, subprocess, time

from . import machine


class Postgres:
    def __init__(self):
        self.folder = os.path.join(machine.folder, "pg")
        os.makedirs(self.folder)
        self.port = machine.port()
        self.url = f"postgres://registre@127.0.0.1:{self.port}/registre"
        self.log = os.path.join(self.folder, "log")
        self.by = []
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.by = ["setpriv", "--reuid=postgres", f"--regid={account.pw_gid}", "--init-groups"]
        self.by += ["env", "-i", f"PATH={os.environ['PATH']}", "LC_ALL=C.UTF-8"]
        data = f"{self.folder}/data"
        subprocess.run([*self.by, "initdb", "-D", data, "-U", "registre", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL)
        # A quarter of a small server's memory; the rest as it comes.
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": 200, "shared_buffers": "1GB", "max_wal_size": "4GB"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process = machine.start([*self.by, "postgres", "-D", data, "-p", str(self.port), *options], cwd=self.folder, stderr=open(self.log, "w"))
        for _ in range(300):
            if self.psql("SELECT 1", "postgres", check=False) == "1":
                break
            time.sleep(0.1)
        else:
            machine.fail("PostgreSQL does not start: " + open(self.log).read()[-500:])
        self.psql("CREATE DATABASE registre", "postgres")

    def psql(self, sql, database="registre", check=True):
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port), "-U", "registre", "-d", database, "-c", sql]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=None if check else subprocess.DEVNULL, text=True)
        if check and done.returncode:
            machine.fail("psql: " + sql[:200])
        return done.stdout.strip()

    def listen(self, work):
        """The transactions that the register made while `work` was done: lists of statements, their values filled in."""
        self.psql("ALTER SYSTEM SET log_statement = 'all'; ")
        self.psql("ALTER SYSTEM SET log_line_prefix = '#=#%p#=#'")
        self.psql("SELECT pg_reload_conf()")
        time.sleep(0.5)
        begun = os.path.getsize(self.log)
        work()
        time.sleep(0.3)
        self.psql("ALTER SYSTEM RESET log_statement")
        self.psql("SELECT pg_reload_conf()")
        with open(self.log, encoding="utf-8", errors="replace") as file:
            file.seek(begun)
            return transactions(file.read())


def transactions(log):
    open_ones, done = {}, []
    for process, text in re.findall(r"#=#(\d+)#=#(.*?)(?=#=#\d+#=#|\Z)", log, re.S):
        if found := re.match(r"LOG:\s+(?:execute [^:]*|statement): (.*)", text, re.S):
            sql = found.group(1).strip().rstrip(";")
            word = sql.split(None, 1)[0].upper() if sql else ""
            if word in ("BEGIN", "START"):
                open_ones[process] = [sql]
            elif process in open_ones:
                open_ones[process].append(sql)
                if word in ("COMMIT", "ROLLBACK"):
                    done.append(open_ones.pop(process))
            elif word in ("SELECT", "WITH"):
                done.append([sql])
        elif (found := re.match(r"DETAIL:\s+parameters: (.*)", text, re.S)) and (open_ones.get(process) or done):
            transaction = open_ones.get(process) or done[-1]
            transaction[-1] = filled(transaction[-1], found.group(1).strip())
    return done


def filled(sql, parameters):
    values = dict(re.findall(r"\$(\d+) = ('(?:[^']|'')*'|NULL)", parameters))
    return re.sub(r"\$(\d+)", lambda found: values.get(found.group(1), "NULL"), sql)


def replay(postgres, scripts, seconds, clients=16):
    """pgbench runs the scripts, each a transaction, in random order; transactions a second."""
    arguments = []
    for number, statements in enumerate(scripts):
        path = os.path.join(machine.folder, f"replay-{number}.sql")
        with open(path, "w") as file:
            # A colon begins a variable of pgbench's.
            file.write("".join(" ".join(statement.replace("\n", " ").split("\n")) + ";\n" for statement in statements))
        arguments += ["-f", path]
    command = ["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds), "-h", "127.0.0.1", "-p", str(postgres.port), "-U", "registre",
               *arguments, "registre"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    rate = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    if done.returncode or not rate or int(failed.group(1) if failed else 0):
        machine.fail("pgbench: " + done.stderr[-1500:] + done.stdout[-300:])
    return float(rate.group(1))


def aside(postgres, transactions):
    """Lets what is inserted go into copies of the tables without unique keys, so that the same rows can be inserted over and over."""
    postgres.psql("CREATE SCHEMA IF NOT EXISTS bench")
    tables = {table for statements in transactions for sql in statements for table in re.findall(r'^\s*INSERT INTO "?(\w+)"?(?![^;]*ON CONFLICT)', sql, re.I | re.S)}
    for table in sorted(tables):
        postgres.psql(f'CREATE TABLE IF NOT EXISTS bench."{table}" (LIKE public."{table}" INCLUDING DEFAULTS)')
        for definition in postgres.psql(f"SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = '{table}'").splitlines():
            copy = re.sub(r"CREATE UNIQUE INDEX|CREATE INDEX", "CREATE INDEX", definition)
            copy = re.sub(r"INDEX (\S+) ON public\.", r"INDEX \1 ON bench.", copy)
            postgres.psql(copy)
    put = lambda sql: re.sub(r'^(\s*INSERT INTO )"?(\w+)"?', lambda m: f'{m[1]}bench."{m[2]}"' if m[2] in tables else m[0], sql, flags=re.I)
    return [[put(sql) if "ON CONFLICT" not in sql.upper() else sql for sql in statements] for statements in transactions]


