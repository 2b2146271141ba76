"""nginx, which sends files: the limit of what a server of bytes can do here."""
import os, shutil, time, urllib.request

from . import machine

CONFIGURATION = """
{user}
daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/nginx.err;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100; types {{ application/json json; }}
  client_body_temp_path {folder}/n1; proxy_temp_path {folder}/n2; fastcgi_temp_path {folder}/n3; uwsgi_temp_path {folder}/n4; scgi_temp_path {folder}/n5;
  server {{ listen 127.0.0.1:{port} backlog=1024; root {folder}/www; }}
}}
"""


class Nginx:
    def __init__(self):
        self.www = os.path.join(machine.folder, "www")
        os.makedirs(self.www)
        self.files = 0
        self.port = machine.port()
        self.base = f"http://127.0.0.1:{self.port}"
        user = "user nobody nogroup;" if os.geteuid() == 0 else ""
        path = os.path.join(machine.folder, "nginx.conf")
        with open(path, "w") as file:
            file.write(CONFIGURATION.format(folder=machine.folder, port=self.port, user=user))
        machine.start([shutil.which("nginx"), "-c", path, "-e", f"{machine.folder}/nginx.err"])

    def holds(self, content):
        """Puts a file in place and waits until it is sent as it is; its path and its tag."""
        # A name of its own: open files are kept.
        self.files += 1
        name = f"answer-{self.files}.json"
        with open(os.path.join(self.www, name), "wb") as file:
            file.write(content)
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{self.base}/{name}", timeout=2) as answer:
                    if answer.read() == content:
                        return f"/{name}", answer.headers["ETag"]
            except OSError:
                pass
            time.sleep(0.05)
        machine.fail("nginx does not send its file: " + open(f"{machine.folder}/nginx.err").read()[-500:])
