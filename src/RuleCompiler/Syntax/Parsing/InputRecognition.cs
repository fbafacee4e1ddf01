using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>Names what an input without table and command seems to be.</summary>
internal static class InputRecognition
{
    private const int BytesLookedAt = 64 * 1024;

    /// <summary>Whether a text is binary: it has zero bytes near its beginning, and none of the kernel's tables.</summary>
    /// <remarks>A program's help texts look like commands: <c>-X  sort by extension</c>.</remarks>
    public static bool IsBinary(SourceText text)
    {
        if (!Beginning(text).Contains((byte)0))
        {
            return false;
        }
        for (var lineIndex = 0; lineIndex < text.LineCount; lineIndex++)
        {
            if (OutsideText.IsKernelTableHeader(DumpLine.At(text, lineIndex).Content))
            {
                return false;
            }
        }
        return true;
    }

    public static Diagnostic Recognize(SourceText text)
    {
        var bytes = Beginning(text);
        if (bytes.Contains((byte)0))
        {
            return InputDiagnostics.BinaryInput.At(new Location(text, new TextSpan(bytes.IndexOf((byte)0), 1)));
        }
        for (var lineIndex = 0; lineIndex < text.LineCount && text.GetLineStart(lineIndex) < bytes.Length; lineIndex++)
        {
            var line = DumpLine.At(text, lineIndex);
            var descriptor = RecognizeLine(line.Content);
            if (descriptor is not null)
            {
                return descriptor.At(new Location(text, line.ContentSpan));
            }
        }
        for (var lineIndex = 0; lineIndex < text.LineCount; lineIndex++)
        {
            var line = DumpLine.At(text, lineIndex);
            if (!line.IsTrivia)
            {
                return InputDiagnostics.NoDump.At(new Location(text, line.ContentSpan));
            }
        }
        return InputDiagnostics.EmptyInput.At(new Location(text, new TextSpan(0, 0)));
    }

    private static ReadOnlySpan<byte> Beginning(SourceText text) => text.Bytes[..Math.Min(text.Length, BytesLookedAt)];

    private static DiagnosticDescriptor? RecognizeLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("Chain "u8) && (line.IndexOf("(policy "u8) > 0 || line.IndexOf(" references)"u8) > 0))
        {
            return InputDiagnostics.ListingInput;
        }
        if (line.StartsWith("table "u8) && line.EndsWith("{"u8))
        {
            return InputDiagnostics.NftInput;
        }
        return null;
    }
}
