"""The four steps on the desk, as a list that says where the file is and what each step came to."""

from collections.abc import Sequence

from ui.desk.view import Step
from ui.escape import as_html
from ui.visit import Visit


def steps_html(visit: Visit, steps: Sequence[Step]) -> str:
    """An ordered list; the step where the file is now is marked as current, and its state is said to everybody."""
    items = "".join(_step(visit, number, step) for number, step in enumerate(steps, start=1))
    return f'<ol class="steps" aria-label="{as_html(visit.say("upload_desk.steps_label"))}">{items}</ol>'


def _step(visit: Visit, number: int, step: Step) -> str:
    current = ' aria-current="step"' if step.state == "now" else ""
    state = as_html(visit.say(f"upload_desk.step_state.{step.state}"))
    mark = "✓" if step.state == "done" else number
    return (
        f'<li class="is-{step.state}"{current}><b aria-hidden="true">{mark}</b> {as_html(step.name)}'
        f'<span class="unseen"> ({state})</span><small>{as_html(step.said)}</small></li>'
    )
