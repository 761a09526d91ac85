"""A reader without a browser: HTTP and Streamlit's websocket, as a browser would speak them, and as an attacker would.

Cookies are kept as a browser keeps them; every header can be given by hand.
"""

import re
from contextlib import ExitStack
from typing import Any

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60  # seconds for one run of a page on a loaded machine


class Run:
    """What one run of a page sent."""

    def __init__(self, messages: list[ForwardMsg]) -> None:
        self.messages = messages
        self.text = "\n".join(message.SerializeToString().decode("utf-8", "ignore") for message in messages)

    @property
    def pages(self) -> set[str]:
        """The addresses the navigation shows."""
        found = [message.navigation for message in self.messages if message.WhichOneof("type") == "navigation"]
        return {page.url_pathname for page in found[-1].app_pages if not page.is_hidden}

    @property
    def session_id(self) -> str:
        return next(
            message.new_session.initialize.session_id
            for message in self.messages
            if message.WhichOneof("type") == "new_session"
        )

    def download(self, label: str) -> str:
        """The placeholder of the download with this label."""
        buttons = [message.delta.new_element.download_button for message in self.messages]
        return next(button.deferred_file_id for button in buttons if button.label == label)

    def widgets(self, key: str) -> set[str]:
        """The ids of the widgets whose keys begin so."""
        return {found.group() for found in re.finditer(rf"\$\$ID-[0-9a-f]+-{re.escape(key)}[\w:]*", self.text)}

    def widget(self, key: str) -> str:
        """The id of the widget with our key."""
        found = re.search(rf"\$\$ID-[0-9a-f]+-{re.escape(key)}", self.text)
        assert found, f"no widget {key}"
        return found.group()


class Tab:
    """One websocket: a page open in a tab."""

    def __init__(self, address: str, cookies: str, headers: dict[str, str], existing: str = "") -> None:
        own = dict(headers)
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(
            connect(
                address.replace("http", "ws", 1) + "/_stcore/stream",
                origin=own.pop("Origin", address),  # type: ignore[arg-type]
                additional_headers={**({"Cookie": cookies} if cookies else {}), **own},
                subprotocols=["streamlit", "none", *([existing] if existing else [])],  # type: ignore[list-item]
                max_size=None,
                open_timeout=PATIENCE,
            )
        )

    def open(self, page: str = "", query: str = "", **clicked: Any) -> Run:
        """Run a page; `clicked`: widget id → what became of it (True: pressed, a text: typed or chosen)."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        for widget, value in clicked.items():
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = widget
            if value is True:
                state.trigger_value = True
            else:
                state.string_value = value
        self._socket.send(asked.SerializeToString())
        return self._until_finished()

    def made(self, run: Run, label: str) -> str:
        """Click the run's download with this label: the address of the file it makes, "" where none was made."""
        asked = BackMsg()
        placeholder = run.download(label)
        asked.backend_operation_request.session_id = run.session_id
        asked.backend_operation_request.request_id = placeholder
        asked.backend_operation_request.deferred_file.file_id = placeholder
        self._socket.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=PATIENCE))  # type: ignore[arg-type]
            if message.WhichOneof("type") == "backend_operation_response":
                return message.backend_operation_response.deferred_file.url

    def _until_finished(self) -> Run:
        messages: list[ForwardMsg] = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(timeout=PATIENCE))  # type: ignore[arg-type]
            messages.append(message)
            # 0 is a run that went to its end; a rerun asked for from inside says 2 and is followed by another.
            if message.WhichOneof("type") == "script_finished" and message.script_finished == 0:
                return Run(messages)

    def close(self) -> None:
        self._open.close()


class Reader:
    """One browser: its cookies, its requests, its tabs. `headers` go with every request and every websocket."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address = address
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.http = httpx.Client(base_url=address, headers={"Origin": address, **self.headers}, timeout=PATIENCE)
        self.tabs: list[Tab] = []

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.http.get(path, **given)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        return self.http.post(path, data=fields, headers={name.replace("_", "-"): v for name, v in headers.items()})

    def sign_in(self, login: str, password: str) -> httpx.Response:
        return self.post("/signin", {"login": login, "password": password})

    @property
    def cookies(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self.http.cookies.jar)

    def tab(self, *, cookies: str | None = None, existing: str = "", **headers: str) -> Tab:
        """A websocket with this browser's cookies, or with others. The first page and the health check come before it,
        as in a browser: they set the cookies."""
        if cookies is None and "dashboard_browser" not in self.cookies:
            self.get("/", headers={"Accept": "text/html"})
            self.get("/_stcore/health")
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        sent = self.cookies if cookies is None else cookies
        tab = Tab(self.address, sent, given, existing)
        self.tabs.append(tab)
        return tab

    def open(self, page: str = "", **headers: str) -> Run:
        """A page in a fresh tab."""
        return self.tab(**headers).open(page)

    def put_file(self, session_id: str, content: bytes = b"x") -> int:
        """Upload to a session, as the page's own script does; the status."""
        self.get("/_stcore/health")
        xsrf = self.http.cookies.get("_streamlit_xsrf", "")
        answer = self.http.put(
            f"/_stcore/upload_file/{session_id}/file-1",
            files={"file": ("a.csv", content, "text/csv")},
            headers={"X-Xsrftoken": xsrf},
        )
        return answer.status_code

    def close(self) -> None:
        for tab in self.tabs:
            tab.close()
        self.http.close()
