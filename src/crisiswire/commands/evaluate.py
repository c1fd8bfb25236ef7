"""``crisiswire evaluate``: how good the coder is by the user's own judgements."""

from __future__ import annotations

from typing import Annotated

import typer

from crisiswire.commands.shared import FormatOption, OutputOption, StoreOption, opened, row_writer
from crisiswire.errors import ConfigError


def evaluate(
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="Precision and recall by what was judged.")
    ] = False,
    agreement: Annotated[
        bool, typer.Option("--agreement", help="Agreement of people who judged the same events.")
    ] = False,
    store: StoreOption = None,
    format: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Measure the coder on your own articles by what people have judged of its events.

    Examples:

    - `crisiswire evaluate --reviewed --format table`
    - `crisiswire evaluate --agreement`
    """
    from crisiswire.reviewing.agreement import agreements
    from crisiswire.reviewing.precision import measure
    from crisiswire.storing.judgements import complete_documents

    if reviewed == agreement:
        raise ConfigError("choose one: --reviewed or --agreement")
    with opened(store) as keep, row_writer(format, output) as out:
        judgements = list(keep.reviews.judgements())
        if agreement:
            for found in agreements(judgements):
                out.write(found.to_row())
            return
        for share in measure(keep.reviews.subjects(), complete_documents(judgements)):
            out.write(share.to_row())
