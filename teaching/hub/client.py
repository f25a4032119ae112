"""A student without a browser: logs in, reads and saves notebooks, runs cells and moves sliders, as JupyterLab would do it."""

import asyncio
import contextlib
import json
import re
import time
import urllib.parse
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

PATIENCE = 180  # seconds for a server to start, and for a cell


class Refused(Exception):
    """The hub, a server or a kernel did not do what was asked."""


class Student:
    """One who is known by a name.

    Parameters
    ----------
    address : str
        Of the hub: "http://127.0.0.1:8000".
    name, password : str
    """

    def __init__(self, address, name, password):
        self.address, self.name, self.password = address, name, password
        self.cookies, self.token = {}, None
        self.http = AsyncHTTPClient(force_instance=True)  # others' requests do not wait for this one's

    async def log_in(self):
        """Fill in the form of the hub; raises Refused when it does not know the password."""
        await self._in_the_browser("GET", "/hub/login")
        form = {"username": self.name, "password": self.password, "_xsrf": self.cookies["_xsrf"]}
        answer = await self._in_the_browser("POST", "/hub/login", urllib.parse.urlencode(form))
        if answer.code != 302:
            raise Refused(f"{self.name} could not log in ({answer.code}).")
        await self._in_the_browser("GET", "/hub/home")
        path = f"/hub/api/users/{self.name}/tokens"
        headers = {"X-XSRFToken": self.cookies["_xsrf"], "Content-Type": "application/json"}
        answer = await self._in_the_browser("POST", path, "{}", headers)
        self.token = json.loads(answer.body)["token"]

    async def start_server(self):
        """Have the own server started; return when it answers."""
        await self.ask("POST", f"/hub/api/users/{self.name}/server")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(Refused):
                about = await self.ask("GET", f"/hub/api/users/{self.name}")
                if about["servers"].get("", {}).get("ready"):
                    return await self.ask("GET", "api/status")
            await asyncio.sleep(0.5)
        raise Refused(f"The server of {self.name} has not started within {PATIENCE} s.")

    async def page(self):
        """Return the address to which the lab leads at first, and its page."""
        answer = await self._fetch("GET", f"/user/{self.name}/", headers=self._known(), follow_redirects=True)
        return answer.effective_url, answer.body.decode()

    async def file(self, path):
        """Return the bytes of a file, as a notebook shows pictures."""
        answer = await self._fetch("GET", f"/user/{self.name}/files/{path}", headers=self._known())
        if answer.code >= 400:
            raise Refused(f"GET {path} of {self.name}: {answer.code}")
        return answer.body

    async def ask(self, method, path, content=None):
        """Return the answer of an API: of the hub's where the path begins with a slash, of the own server otherwise."""
        path = path if path.startswith("/") else f"/user/{self.name}/{path}"
        body = json.dumps(content or {}) if method in ("POST", "PUT", "PATCH") else None
        answer = await self._fetch(method, path, body, self._known())
        if answer.code >= 400:
            raise Refused(f"{method} {path} of {self.name}: {answer.code} {answer.body[:200]!r}")
        return json.loads(answer.body) if answer.body else None

    async def read(self, path):
        """Return a notebook of the own folder."""
        return (await self.ask("GET", f"api/contents/{urllib.parse.quote(path)}"))["content"]

    async def save(self, path, notebook):
        await self.ask("PUT", f"api/contents/{urllib.parse.quote(path)}", {"type": "notebook", "content": notebook})

    async def open(self, path):
        """Start a kernel for a notebook; return it, connected."""
        about = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = await self.ask("POST", "api/sessions", about)
        where = f"{self.address.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{session['kernel']['id']}/channels"
        request, name = HTTPRequest(where, headers=self._known(), connect_timeout=PATIENCE), f"{self.name}, {path}"
        try:
            return Kernel(name, await websocket_connect(request, max_message_size=200_000_000))
        except (HTTPClientError, OSError) as trouble:
            raise Refused(f"The kernel of {name} does not answer: {trouble}") from None

    def _known(self):
        return {"Authorization": f"token {self.token}", "Content-Type": "application/json"}

    async def _in_the_browser(self, method, path, body=None, headers=None):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = await self._fetch(method, path, body, {"Cookie": cookies, **(headers or {})})
        for header in answer.headers.get_list("Set-Cookie"):
            name, value = re.match(r"([^=]+)=([^;]*)", header).groups()
            self.cookies[name] = value
        if answer.code >= 400:
            raise Refused(f"{method} {path} of {self.name}: {answer.code}")
        return answer

    async def _fetch(self, method, path, body=None, headers=None, follow_redirects=False):
        given = {"method": method, "body": body, "headers": headers, "follow_redirects": follow_redirects}
        times = {"request_timeout": PATIENCE, "connect_timeout": PATIENCE}
        try:
            return await self.http.fetch(self.address + path, raise_error=False, **given, **times)
        except (HTTPClientError, OSError) as trouble:
            raise Refused(f"{method} {path} of {self.name}: {trouble}") from None


class Kernel:
    """A kernel, by its websocket, with the widgets that its cells have made; its name is for messages."""

    def __init__(self, name, socket):
        self.name, self.socket = name, socket
        self.session, self.widgets = uuid.uuid4().hex, {}  # by the ids of their comms, what they hold

    async def run(self, source, patience=PATIENCE):
        """Run code; return what it printed and showed as text. Raises Refused with the error where there is one."""
        about = {"code": source, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        asked, said, replied, idle = self._send("execute_request", about), [], False, False
        async for kind, content, parent in self._messages(patience):
            if kind == "status" and content["execution_state"] in ("restarting", "dead"):
                raise Refused(f"The kernel of {self.name} has died.")
            if parent != asked:
                continue
            if kind == "stream":
                said.append(content["text"])
            elif kind in ("display_data", "execute_result"):
                said.append(content["data"].get("text/plain", ""))
            elif kind == "error":
                said.append(f"{content['ename']}: {content['evalue']}")
            elif kind == "execute_reply":
                replied = content["status"]
            elif kind == "status" and content["execution_state"] == "idle":
                idle = True
            if replied and idle:
                break
        if replied != "ok":
            raise Refused(f"A cell of {self.name} ended with an error: {''.join(said)[-400:]}")
        return "".join(said)

    def widget(self, **traits):
        """Return the id of the last widget that holds these values."""
        fitting = [comm for comm, state in self.widgets.items() if traits.items() <= state.items()]
        return fitting[-1] if fitting else None

    async def move(self, slider, value, chart, patience=30):
        """Set a slider; return the seconds until the chart's new description has come back."""
        start = time.perf_counter()
        update = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        asked = self._send("comm_msg", {"comm_id": slider, "data": update})
        async for kind, content, parent in self._messages(patience):
            news = content["data"].get("state", {}) if kind == "comm_msg" and content["comm_id"] == chart else {}
            if parent == asked and "spec" in news:
                return time.perf_counter() - start

    def close(self):
        self.socket.close()

    def _send(self, kind, content):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": self.session, "version": "5.3"}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        try:
            self.socket.write_message(json.dumps(message))
        except WebSocketClosedError:
            raise Refused(f"The kernel of {self.name} is not connected any more.") from None
        return header["msg_id"]

    async def _messages(self, patience):
        """Yield the kind, the content and the request of each message that comes."""
        end = time.monotonic() + patience
        while True:
            try:
                received = await asyncio.wait_for(self.socket.read_message(), end - time.monotonic())
            except asyncio.TimeoutError:
                raise Refused(f"The kernel of {self.name} has not answered within {patience} s.") from None
            if received is None:
                raise Refused(f"The kernel of {self.name} is not connected any more.")
            message = json.loads(received if isinstance(received, str) else _without_buffers(received))
            kind, content = message["header"]["msg_type"], message["content"]
            if kind == "comm_open":
                self.widgets[content["comm_id"]] = dict(content["data"].get("state", {}))
            yield kind, content, message["parent_header"].get("msg_id")


def _without_buffers(received):
    """Return the JSON of a message with buffers: their number, where each begins, and then the message and they themselves."""
    count = int.from_bytes(received[:4], "big")
    starts = [int.from_bytes(received[4 * i : 4 * i + 4], "big") for i in range(1, count + 1)]
    return received[starts[0] : starts[1] if count > 1 else None]
