using System.Globalization;

namespace RuleCompiler.Cli.Output;

/// <summary>A picture, whole.</summary>
/// <param name="File">The file's text.</param>
/// <param name="Height">In pixels.</param>
internal readonly record struct SvgPicture(string File, int Height)
{
    private const string Start = "<svg ";

    /// <summary>The picture as a part of another, so far down.</summary>
    public string At(int y) => File.Insert(Start.Length, string.Create(CultureInfo.InvariantCulture, $"y=\"{y}\" "));

    /// <summary>A picture of pictures.</summary>
    public static string Stack(string parts, int height) => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SvgCanvas.Width}\" height=\"{height}\" viewBox=\"0 0 {SvgCanvas.Width} {height}\">\n{parts}</svg>\n");
}
