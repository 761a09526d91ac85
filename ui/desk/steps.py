"""The four steps on the desk, as a list that says where the file is and what each step came to."""

from collections.abc import Sequence

from ui.desk.view import Step
from ui.escape import as_html
from ui.frame import Frame


def steps_html(frame: Frame, steps: Sequence[Step]) -> str:
    """An ordered list; the step where the file is now is marked as current, and its state is said to everybody."""
    items = "".join(_step(frame, number, step) for number, step in enumerate(steps, start=1))
    return f'<ol class="steps" aria-label="{as_html(frame.say("upload_desk.steps_label"))}">{items}</ol>'


def _step(frame: Frame, number: int, step: Step) -> str:
    current = ' aria-current="step"' if step.state == "now" else ""
    state = as_html(frame.say(f"upload_desk.step_state.{step.state}"))
    mark = "✓" if step.state == "done" else number
    return (
        f'<li class="is-{step.state}"{current}><b aria-hidden="true">{mark}</b> {as_html(step.name)}'
        f'<span class="unseen"> ({state})</span><small>{as_html(step.said)}</small></li>'
    )
