"""The command that serves."""

import click


@click.command("serve")
@click.option("--host", help="Address to listen on; 0.0.0.0 opens it to the network.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port to listen on.  [default: 7860]")
@click.option("--open", "show", is_flag=True, help="Open the page in your browser.")
def serve_command(host: str | None, port: int | None, show: bool) -> None:
    """Open the page and the HTTP interface; Ctrl-C stops."""
    from assistant.server import serve
    from assistant.settings import keep_quiet, load_settings

    settings = load_settings(host=host, port=port)
    keep_quiet(settings)

    def ready(address: str) -> None:
        click.echo(f"Chukti · চুক্তি  {address}  (Ctrl-C stops)")
        if show:
            _open_later(address)

    serve(settings, ready)


def _open_later(address: str) -> None:
    """Open the browser once the server has had the time to start."""
    import threading
    import webbrowser

    timer = threading.Timer(1.0, webbrowser.open, (address,))
    timer.daemon = True
    timer.start()
