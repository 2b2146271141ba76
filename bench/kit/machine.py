"""The machine: what runs on it, what it is, and programs that end with us."""
import atexit, os, platform, shutil, signal, socket, subprocess, sys, tempfile, time

folder = tempfile.mkdtemp(prefix="registre-bench.")
os.chmod(folder, 0o755)
running = []


def say(text):
    print(text, file=sys.stderr, flush=True)


def fail(text):
    sys.exit(f"bench: {text}")


def stop(process, how=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process in running:
        running.remove(process)


def start(command, **how):
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, **how)
    running.append(process)
    return process


def end():
    for process in reversed(running[:]):
        stop(process)
    shutil.rmtree(folder, ignore_errors=True)


atexit.register(end)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: sys.exit(130))


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def need(programs):
    """Installs Debian's packages of what is missing, where we may."""
    os.environ["PATH"] += ":/usr/sbin:/usr/lib/postgresql/15/bin:" + ":".join(sorted(postgresql_folders(), reverse=True))
    missing = [package for program, package in programs.items() if not shutil.which(program)]
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        fail(f"missing: {', '.join(missing)} (Debian's packages)")
    say("installing: " + " ".join(missing))
    # Debian starts a service when it installs it, unless this says no.
    policy, ours = "/usr/sbin/policy-rc.d", not os.path.exists("/usr/sbin/policy-rc.d")
    if ours:
        with open(policy, "w") as file:
            file.write("#!/bin/sh\nexit 101\n")
        os.chmod(policy, 0o755)
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    try:
        subprocess.check_call("apt-get update -qq && apt-get install -y -qq --no-install-recommends " + " ".join(missing), shell=True, env=env,
                              stdin=subprocess.DEVNULL, stdout=sys.stderr)
    finally:
        if ours:
            os.remove(policy)
    os.environ["PATH"] += ":" + ":".join(sorted(postgresql_folders(), reverse=True))


def postgresql_folders():
    root = "/usr/lib/postgresql"
    return [f"{root}/{version}/bin" for version in os.listdir(root)] if os.path.isdir(root) else []


def busy():
    """The share of the processors that is at work now."""
    def read():
        with open("/proc/stat") as file:
            return [int(word) for word in file.readline().split()[1:9]]
    before = read()
    time.sleep(0.4)
    spent = [after - was for after, was in zip(read(), before)]
    return 1 - (spent[3] + spent[4]) / max(1, sum(spent))


def quiet():
    """Waits a little for other work to end; whether it did."""
    for _ in range(20):
        if busy() < 0.15:
            return True
        time.sleep(0.6)
    return False


def memory(process):
    """What it holds now, and the most that it held, in MiB."""
    found = {}
    with open(f"/proc/{process.pid}/status") as file:
        for line in file:
            if line.startswith(("VmRSS", "VmHWM")):
                found[line[:5]] = int(line.split()[1]) / 1024
    return found["VmRSS"], found["VmHWM"]


def described():
    with open("/proc/cpuinfo") as file:
        cpu = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "unknown processor")
    with open("/proc/meminfo") as file:
        total = int(file.readline().split()[1]) / 1024 / 1024
    return f"{os.cpu_count()} cores ({cpu}), {total:.0f} GiB, Linux {platform.release()}"
