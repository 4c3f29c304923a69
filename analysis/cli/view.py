"""``view``: the page in the browser."""

from __future__ import annotations

import click

from analysis.cli.common import Asked, scenario_options
from analysis.cli.help import Command

DEFAULT_PORT = 8765


@click.command(
    cls=Command,
    examples=(
        "view scenarios/groupA.yaml",
        "view scenarios/groupB.yaml --seed 5 --open",
        "view scenarios/groupA.yaml --port 9000",
    ),
)
@click.argument("file")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True,
              help="Port of the page; 0 for any that is free.")  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; others cannot reach this one."
)
@click.option("--open", "browse", is_flag=True, help="Open the page in a browser.")
@scenario_options
def command(file: str, port: int, host: str, browse: bool, asked: Asked) -> None:
    """See the scenario in FILE live in a browser, with the same lives without a group beside it.

    Nothing leaves this machine. Stop with Ctrl-C.
    """
    from sim.compiler import compiled_already  # noqa: PLC0415 - not for --help
    from view import start  # noqa: PLC0415
    from view.choices import check_page_size  # noqa: PLC0415

    start.check_installed()
    scenario = asked.scenario(file)
    check_page_size(scenario.values)
    place = start.open_socket(host, port)
    address = start.address_of(host, place)
    if not compiled_already():
        click.echo("compiling the rules of the model (about 25 seconds, once)", err=True)
    click.echo(f"Sameboat is at {address} (Ctrl-C stops it)")
    if not start.works_offline():
        click.echo("The page's scripts and fonts come from the internet; without it: pip install -e '.[view,offline]'")
    if not start.is_local(host):
        click.echo("Everybody who can reach this machine can open the page: there is no password.", err=True)
    try:
        start.serve(scenario, place, address, browse)
    except KeyboardInterrupt:
        pass
    finally:
        place.close()
    click.echo("stopped")
