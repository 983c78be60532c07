"""The arguments of commands that ask a trained model, said once."""

from typing import Annotated

import typer

ModelArgument = Annotated[
    str,
    typer.Argument(
        metavar="MODEL", help="A run by its name or folder, a model's folder, or a Hub id."
    ),
]
NameThereOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The model's name there.", show_default="the folder's"),
]
TemperatureOption = Annotated[float, typer.Option(min=0, metavar="T", help="0 answers greedily.")]
TopPOption = Annotated[float, typer.Option(min=0.01, max=1, metavar="P", help="Nucleus.")]
LongestOption = Annotated[int, typer.Option(min=1, metavar="N", help="The longest answer.")]
DrawnOption = Annotated[int, typer.Option(min=0, metavar="S", help="Of what is drawn.")]
