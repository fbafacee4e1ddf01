using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Cli.Testing;
using RuleCompiler.Scenarios;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a test run as text: a line a scenario, and below one that failed what was expected and what is.</summary>
internal sealed class TestTextWriter(ResultOutput output, bool usesColor)
{
    private const int StatusWidth = 9;

    public void Write(ImmutableArray<TestFile> files)
    {
        foreach (var file in files)
        {
            WriteLine(DisplayText.Escape(file.Text.Path), Ansi.Bold);
            if (file.Environment is null)
            {
                WriteLine("  not run: it has errors", Ansi.Red);
            }
            foreach (var result in file.Results)
            {
                WriteResult(file, result);
            }
            WriteLine("");
            output.FlushIfFull();
        }
        WriteSummary(files);
    }

    private void WriteResult(TestFile file, TestResult result)
    {
        var kind = result.Item is Claim ? $" ({result.Item.Kind})" : "";
        WriteLine(
            $"  {result.Status.Name().PadRight(StatusWidth)} {DisplayText.Escape(result.Item.Name.Text)}{kind}", Color(result.Status));
        foreach (var failure in result.Failures)
        {
            var place = file.PlaceOf(failure.Span);
            var path = DisplayText.Escape(file.Text.Path);
            WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {path}({place.Line},{place.Column}): expected {DisplayText.Escape(failure.Expected)}"));
            WriteLine($"      but is   {DisplayText.Escape(failure.Actual)}");
            if (failure.Witness is { } witness)
            {
                WriteLine($"      packet   {DisplayText.Escape(witness)}");
            }
            foreach (var detail in failure.Details)
            {
                WriteLine($"      {DisplayText.Escape(detail)}", ColorOfDetail(detail));
            }
        }
    }

    private void WriteSummary(ImmutableArray<TestFile> files)
    {
        var parts = Enum.GetValues<TestStatus>()
            .Select(status => (Status: status, Count: files.Sum(f => f.Count(status))))
            .Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Status.Name()}"))
            .ToArray();
        WriteLine(parts.Length == 0 ? "nothing run" : string.Join(", ", parts));
    }

    private void WriteLine(string line, ReadOnlySpan<byte> color = default)
    {
        output.Buffer.Append(usesColor ? color : []);
        output.Buffer.Append(line);
        output.Buffer.Append(usesColor && !color.IsEmpty ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }

    private static ReadOnlySpan<byte> Color(TestStatus status) => status switch
    {
        TestStatus.Passed => Ansi.Green,
        TestStatus.Failed => Ansi.Red,
        _ => Ansi.Yellow,
    };

    private static ReadOnlySpan<byte> ColorOfDetail(string detail) =>
        detail.StartsWith("- ", StringComparison.Ordinal) ? Ansi.Red
        : detail.StartsWith("+ ", StringComparison.Ordinal) ? Ansi.Green
        : [];
}
