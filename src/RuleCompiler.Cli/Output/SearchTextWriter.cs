using System.Globalization;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints what a search found as text: for each region a packet, the deciding rule and the space.</summary>
internal sealed class SearchTextWriter(ResultOutput output, SearchReport report, bool usesColor)
{
    private const int MostExpressions = 12;

    public void Write()
    {
        var number = 0;
        foreach (var region in report.Regions)
        {
            Write(region, ++number);
            output.FlushIfFull();
        }
        WriteLine(report.Summary, Ansi.Bold);
    }

    private void Write(SearchRegion region, int number)
    {
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}  {(region.Hook is { } hook ? $"{hook.Name()}: " : "")}") + OutcomeText.Verdict(region.Outcome), Ansi.Bold);
        WriteLine($"   packet  {PacketExpression.Format(region.Witness)}", Ansi.Cyan);
        foreach (var assumption in region.Assumptions)
        {
            WriteLine($"   where   {DisplayText.Escape(assumption.ToString())}", []);
        }
        var text = region.Outcome.Text is { } rule ? $"  {rule}" : "";
        WriteLine($"   by      {DisplayText.Escape(OutcomeText.Place(region.Outcome) + text)}", []);
        for (var i = 0; i < Math.Min(region.Space.Length, MostExpressions); i++)
        {
            WriteLine($"   {(i == 0 ? "space" : "     ")}   {SpaceText.Of(region.Space[i])}", []);
        }
        if (region.Space.Length > MostExpressions)
        {
            WriteLine(string.Create(CultureInfo.InvariantCulture, $"           and {region.Space.Length - MostExpressions} more (--format json has all)"), []);
        }
        WriteLine("", []);
    }

    private void WriteLine(string line, ReadOnlySpan<byte> color)
    {
        output.Buffer.Append(usesColor ? color : []);
        output.Buffer.Append(line);
        output.Buffer.Append(usesColor && !color.IsEmpty ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }
}
