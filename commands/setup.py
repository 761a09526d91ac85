"""`init` and `sample`: an empty store, and one with the sample data."""

import typer

from commands.options import Json, help_text
from commands.terminal import terminal
from entries.recommendation_file import enter_letters
from loaders.sample import publish_samples
from models.migrate import newest_revision


def register(app: typer.Typer) -> None:
    app.command("init", help=help_text("init"))(init)
    app.command("sample", help=help_text("sample"))(sample)


def init(ctx: typer.Context, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store(create=True)
        out.answer({"store": store.place, "revision": newest_revision()}, out.said("init_done", place=store.place))


def sample(ctx: typer.Context, as_json: Json = False) -> None:
    with terminal(ctx, as_json) as out:
        store = out.store(create=True)
        files = publish_samples(store)
        new = sum(not one.repeat for one in files)
        entered = enter_letters(store)
        document = {
            "store": store.place,
            "published": new,
            "files": [vars(one) for one in files],
            "recommendations": entered.recommendations,
        }
        shown = out.said("sample_done", new=new, count=len(files), place=store.place)
        out.answer(document, shown)
