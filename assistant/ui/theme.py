"""The look of the page: a theme with fonts of this machine only; the style sheet lies beside this file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Font
    from gradio.themes.base import Base

FONTS = (
    "Inter", "Segoe UI", "Noto Sans", "Noto Sans Bengali", "Hind Siliguri", "SolaimanLipi", "Kalpurush", "Nirmala UI", "Vrinda",
    "Bangla Sangam MN", "system-ui", "sans-serif",
)  # fmt: skip


def make_theme() -> "Base":
    """Return the theme; names of fonts only, so that nothing is fetched."""
    from gradio.themes import Color, Font
    from gradio.themes.base import Base

    green = Color(
        c50="#eef7f3", c100="#d6ebe2", c200="#aed8c7", c300="#7cbfa6", c400="#47a183", c500="#1f8466", c600="#0f6a51",
        c700="#0c5643", c800="#0b4536", c900="#09382d", c950="#04211a", name="chukti",
    )  # fmt: skip
    stone = Color(
        c50="#faf9f6", c100="#f3f1ec", c200="#e6e3db", c300="#d2cec3", c400="#a5a095", c500="#777267", c600="#5a564d",
        c700="#45423b", c800="#2b2a26", c900="#1c1b18", c950="#121210", name="stone",
    )  # fmt: skip
    # The system-ui family must stand unquoted to mean the system's own font.
    fonts = [_unquoted(name) if name == "system-ui" else Font(name) for name in FONTS]
    mono = [Font(name) for name in ("ui-monospace", "Consolas", "Menlo", "monospace")]
    theme = Base(primary_hue=green, secondary_hue=green, neutral_hue=stone, font=fonts, font_mono=mono)
    return theme.set(
        body_background_fill="#faf9f6",
        body_background_fill_dark="#131412",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1b1c19",
        background_fill_secondary="#faf9f6",
        background_fill_secondary_dark="#131412",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        layout_gap="12px",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1b1c19",
        input_border_color="#d2cec3",
        input_border_color_dark="#45423b",
        input_border_color_focus="#1f8466",
        input_border_color_focus_dark="#47a183",
        input_radius="18px",
        button_large_radius="12px",
        button_primary_background_fill="#0f6a51",
        button_primary_background_fill_hover="#0c5643",
        button_primary_background_fill_dark="#1f8466",
        button_primary_text_color="#ffffff",
    )


def _unquoted(name: str) -> "Font":
    """Return a font whose name stands without quotes, as the keyword for the system's own font must."""
    from gradio.themes import Font

    class Unquoted(Font):
        def __str__(self) -> str:
            return self.name

    return Unquoted(name)
