using System.Globalization;
using System.Text;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Collects the shapes of an SVG picture; all text is text, and escaped.</summary>
/// <remarks>
/// Colours are classes, given twice: for light and for dark surroundings. No scripts, no links, no fonts from elsewhere,
/// so that it shows wherever a picture does.
/// </remarks>
internal sealed class SvgCanvas
{
    private const string Style = """
          text { font-family: system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; font-size: 13px; fill: #1f2328; }
          .mono { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 11.5px; }
          .title { font-size: 18px; font-weight: 600; } .strong { font-weight: 600; } .small { font-size: 11.5px; }
          .dim { fill: #59636e; } .on { fill: #ffffff; font-weight: 600; } .amber { fill: #7d4e00; } .red { fill: #c21f2b; }
          .ground { fill: #ffffff; } .hook { fill: #f6f8fa; stroke: #d1d9e0; } .step { fill: #ffffff; stroke: #d1d9e0; }
          .deciding { fill: #fff8e0; stroke: #bf8700; stroke-width: 2; } .actor { fill: #ffffff; stroke: #59636e; stroke-width: 1.5; }
          .proxy { fill: #ddf4ff; stroke: #0969da; stroke-width: 1.5; } .ghost { fill: none; stroke: #818b98; stroke-dasharray: 5 4; }
          .chip { fill: #f6f8fa; stroke: #d1d9e0; } .missed { fill: #fff8e0; stroke: #bf8700; stroke-dasharray: 4 3; }
          .line { fill: none; stroke-width: 2; } .line.to-proxy { stroke: #0969da; } .line.arrives { stroke: #1a7f37; } .line.fails { stroke: #cf222e; }
          .mark.to-proxy { fill: #0969da; } .mark.arrives { fill: #1a7f37; } .mark.fails { fill: #cf222e; }
          .mark.ok { fill: #1a7f37; } .mark.differs { fill: #9a6700; } .mark.broken { fill: #cf222e; } .mark.absent { fill: #59636e; }
          .back { stroke-dasharray: 7 5; }
          @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3; } .dim { fill: #9198a1; } .on { fill: #ffffff; } .amber { fill: #e3b341; } .red { fill: #ff7b72; }
            .ground { fill: #0d1117; } .hook { fill: #151b23; stroke: #3d444d; } .step { fill: #0d1117; stroke: #3d444d; }
            .deciding { fill: #2b2310; stroke: #bb8009; } .actor { fill: #0d1117; stroke: #9198a1; }
            .proxy { fill: #0c2d6b; stroke: #4493f8; } .ghost { stroke: #656c76; }
            .chip { fill: #151b23; stroke: #3d444d; } .missed { fill: #2b2310; stroke: #bb8009; }
            .line.to-proxy { stroke: #4493f8; } .line.arrives { stroke: #3fb950; } .line.fails { stroke: #f85149; }
            .mark.to-proxy { fill: #1f6feb; } .mark.arrives { fill: #238636; } .mark.fails { fill: #da3633; }
            .mark.ok { fill: #238636; } .mark.differs { fill: #9e6a03; } .mark.broken { fill: #da3633; } .mark.absent { fill: #656c76; }
          }
        """;

    private readonly StringBuilder _shapes = new();

    /// <summary>The picture's width in pixels.</summary>
    public const int Width = 800;

    /// <summary>A box with round corners.</summary>
    public void Box(int x, int y, int width, int height, string style, int radius = 6) => Add(
        $"<rect class=\"{style}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>");

    /// <summary>A line of text; what would not fit is left to the tooltip.</summary>
    /// <param name="x">Left end, or the middle where <paramref name="isCentered"/>.</param>
    /// <param name="y">Baseline.</param>
    /// <param name="text">Not escaped yet.</param>
    /// <param name="style">Classes.</param>
    /// <param name="isCentered">Whether <paramref name="x"/> is the middle.</param>
    public void Text(int x, int y, string text, string style = "", bool isCentered = false) => Add(
        $"<text{(style.Length > 0 ? $" class=\"{style}\"" : "")} x=\"{x}\" y=\"{y}\"{(isCentered ? " text-anchor=\"middle\"" : "")}>{Escape(text)}</text>");

    /// <summary>A dot with a number.</summary>
    public void Number(int x, int y, int number, string style)
    {
        Add($"<circle class=\"mark {style}\" cx=\"{x}\" cy=\"{y}\" r=\"10\"/>");
        Text(x, y + 4, number.ToString(CultureInfo.InvariantCulture), "on small", isCentered: true);
    }

    /// <summary>An arrow straight down.</summary>
    public void Arrow(int x, int fromY, int toY, string style)
    {
        Add($"<path class=\"line {style}\" d=\"M{x} {fromY}V{toY - 4}\"/>");
        Add($"<path class=\"mark {style}\" d=\"M{x - 5} {toY - 8}H{x + 5}L{x} {toY}Z\"/>");
    }

    /// <summary>An arrow that leaves to the right, climbs, and comes back from there.</summary>
    public void ReturnArrow(int fromX, int fromY, int turnX, int toX, int toY, string style)
    {
        Add($"<path class=\"line back {style}\" d=\"M{fromX} {fromY}H{turnX}V{toY}H{toX + 4}\"/>");
        Add($"<path class=\"mark {style}\" d=\"M{toX + 8} {toY - 5}V{toY + 5}L{toX} {toY}Z\"/>");
    }

    /// <summary>The whole file.</summary>
    /// <param name="height">In pixels.</param>
    /// <param name="title">What it shows, for those who do not see it.</param>
    /// <param name="description">The same in full.</param>
    public SvgPicture Finish(int height, string title, string description) => new($"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{Digits(Width)}" height="{Digits(height)}" viewBox="0 0 {Digits(Width)} {Digits(height)}" role="img">
        <title>{Escape(title)}</title>
        <desc>{Escape(description)}</desc>
        <style>
        {Style}
        </style>
        <rect class="ground" width="{Digits(Width)}" height="{Digits(height)}"/>
        {_shapes.ToString().TrimEnd('\n')}
        </svg>

        """.ReplaceLineEndings("\n"), height);

    /// <summary>Text as XML has it; characters that move or turn other text are shown as their codes.</summary>
    public static string Escape(string text) => DisplayText.Escape(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Add(FormattableString shape) => _shapes.Append(FormattableString.Invariant(shape)).Append('\n');
}
