"""`curate label`: people's votes through Label Studio. A sub-command is one file and one line."""

import typer

from curate.commands import (
    label_adjudicate,
    label_invite,
    label_pull,
    label_push,
    label_review,
    label_serve,
    label_status,
)

label = typer.Typer(
    name="label",
    help="People's votes through Label Studio.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

# In the order of the work: --help lists them so.
label.command("serve")(label_serve.serve)
label.command("invite")(label_invite.invite)
label.command("push")(label_push.push)
label.command("pull")(label_pull.pull)
label.command("status")(label_status.status)
label.command("review")(label_review.review)
label.command("adjudicate")(label_adjudicate.adjudicate)
