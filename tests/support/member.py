"""An annotator without a browser: signs up by the invite link and asks as the page does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from annotate.label_studio import names
from annotate.label_studio.invite import invite_link
from tests.support.label_studio import Live


@dataclass
class Member:
    """One annotator's session."""

    session: httpx.Client

    @classmethod
    @contextmanager
    def signed_up(cls, live: Live, email: str) -> Iterator["Member"]:
        """Somebody new."""
        link = invite_link(live.url, live.key)
        with httpx.Client(base_url=live.url, follow_redirects=True, trust_env=False) as session:
            session.get(link).raise_for_status()
            form = {"email": email, "password": "long-enough-1", "allow_newsletters": "false"}
            form["csrfmiddlewaretoken"] = session.cookies["csrftoken"]
            session.post(link, data=form, headers={"Referer": link}).raise_for_status()
            yield cls(session)

    def next_task(self, project: int) -> dict[str, Any] | None:
        """The task that the label stream shows next; None where there is none."""
        reply = self.session.get(f"/api/projects/{project}/next")
        if reply.status_code == httpx.codes.NOT_FOUND:
            return None
        reply.raise_for_status()
        return dict(reply.json())

    def submit(self, task: int, result: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        """Submit an annotation; what the server made of it."""
        reply = self.session.post(
            f"/api/tasks/{task}/annotations/",
            json={"result": result, **more},
            headers={"X-CSRFToken": self.session.cookies["csrftoken"]},
        )
        reply.raise_for_status()
        return dict(reply.json())


def pressed(name: str, value: str) -> dict[str, Any]:
    """One button of the page, as a browser sends it."""
    where = {"from_name": name, "to_name": names.TASK, "type": "choices"}
    return {"id": name, **where, "value": {"choices": [value]}}
