"""`demo`: an office on this machine, without Telegram."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(help="Port of the page on 127.0.0.1; 0 takes a free one.")] = 8080,
    headless: Annotated[bool, typer.Option("--headless", help="Do not open a browser.")] = False,
    empty: Annotated[bool, typer.Option("--empty", help="Start without the office: nobody, no history.")] = False,
) -> None:
    """Show a working day on a page of phones: an invented office, the local Bot API, and a clock that can skip."""
    from bot.demo.serve import serve
    from bot.logs import configure

    configure("text")

    try:
        asyncio.run(serve(Path("var/demo").absolute(), port=port, headless=headless, empty=empty, say=typer.echo))
    except KeyboardInterrupt:
        typer.echo("The demo has ended.")
    except OSError as error:
        typer.echo(
            f"Port {port} cannot be used ({error.strerror}). Try another: make demo ARGS='--port 8090'", err=True
        )
        raise typer.Exit(1) from None
