using System.Collections.Immutable;
using System.Text.Json;
using RuleCompiler.Diagnostics;
using RuleCompiler.Packets.HostJson;
using RuleCompiler.Text;

namespace RuleCompiler.Packets;

/// <summary>Reads host facts from JSON.</summary>
public static class HostFactsJson
{
    /// <returns>The facts, null where there is an error; and every problem found, in order of place.</returns>
    public static (HostFacts? Facts, ImmutableArray<Diagnostic> Diagnostics) Read(SourceText text)
    {
        var diagnostics = new DiagnosticBag();
        HostFacts? facts = null;
        try
        {
            facts = HostReader.Read(text, diagnostics);
        }
        catch (JsonException e)
        {
            // The reader counts lines from 0, and bytes in the line.
            var start = text.GetLineStart((int)Math.Min(e.LineNumber ?? 0, text.LineCount - 1));
            var place = Math.Min(start + (int)(e.BytePositionInLine ?? 0), text.Length);
            var message = e.Message[..(e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is var end and > 0 ? end : e.Message.Length)];
            diagnostics.Report(HostDiagnostics.NotJson.At(
                new Location(text, new TextSpan(place, Math.Min(1, text.Length - place))), message.TrimEnd('.')));
        }
        var all = diagnostics.ToImmutable();
        return (all.Any(d => d.Severity == DiagnosticSeverity.Error) ? null : facts, all);
    }
}
