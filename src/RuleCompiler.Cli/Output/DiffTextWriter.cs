using System.Globalization;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a comparison as text: for each region the witness, both rules one above the other, and the space.</summary>
internal sealed class DiffTextWriter(ResultOutput output, DiffReport report, bool usesColor)
{
    private const int MostExpressions = 12;

    public void Write()
    {
        var number = 0;
        foreach (var region in report.Result.Regions)
        {
            Write(region, ++number);
            output.FlushIfFull();
        }
        WriteLine(report.Summary, report.Result.Equivalence == Equivalence.Equivalent ? Ansi.Green : Ansi.Bold);
    }

    private void Write(DiffRegion region, int number)
    {
        var family = report.HasFamilies ? $" {region.Family.Name()}" : "";
        WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{number}  {region.Hook.Name()}{family}: ")
            + $"{OutcomeText.Verdict(region.Old)} -> {OutcomeText.Verdict(region.New)}",
            Ansi.Bold);
        WriteLine($"   packet  {PacketExpression.Format(region.Witness)}", Ansi.Cyan);
        foreach (var assumption in region.Assumptions)
        {
            WriteLine($"   where   {DisplayText.Escape(assumption.ToString())}", []);
        }
        WriteSide("old", region.Old, Ansi.Red);
        WriteSide("new", region.New, Ansi.Green);
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"   space   {Count(region)}"), []);
        foreach (var expression in region.Space.Take(MostExpressions))
        {
            WriteLine($"           {DisplayText.Escape(expression)}", []);
        }
        if (region.Space.Length > MostExpressions)
        {
            WriteLine(string.Create(CultureInfo.InvariantCulture, $"           and {region.Space.Length - MostExpressions} more (--format json has all)"), []);
        }
        WriteLine("", []);
    }

    private static string Count(DiffRegion region) =>
        region.Count < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{region.Count} packets") : string.Create(CultureInfo.InvariantCulture, $"about {(double)region.Count:0.#e+0} packets");

    private void WriteSide(string side, DiffOutcome outcome, ReadOnlySpan<byte> color)
    {
        var text = outcome.Text is { } rule ? $"  {DisplayText.Escape(rule)}" : "";
        WriteLine($"   {side}     {DisplayText.Escape(OutcomeText.Place(outcome))}{text}", color);
    }

    private void WriteLine(string line, ReadOnlySpan<byte> color)
    {
        output.Buffer.Append(usesColor ? color : []);
        output.Buffer.Append(line);
        output.Buffer.Append(usesColor && !color.IsEmpty ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }
}
