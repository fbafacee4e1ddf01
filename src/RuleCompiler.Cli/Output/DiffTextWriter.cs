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

    /// <summary>So many regions in a row are told one by one, though they differ in nothing but the rule of a chain.</summary>
    private const int MostAlike = 6;

    /// <summary>Of more, these, and the others' lines.</summary>
    private const int ShownAlike = 3;
    private const int MostLines = 40;

    public void Write()
    {
        var number = 0;
        foreach (var alike in Alike(report.Result.Regions))
        {
            foreach (var region in alike.Take(alike.Count > MostAlike ? ShownAlike : MostAlike))
            {
                Write(region, ++number);
                output.FlushIfFull();
            }
            if (alike.Count > MostAlike)
            {
                WriteRest(alike, ++number);
                number = number - 1 + alike.Count - ShownAlike;
            }
        }
        WriteLine(report.Summary, report.Result.Equivalence == Equivalence.Equivalent ? Ansi.Green : Ansi.Bold);
    }

    /// <summary>Regions in a row that come to the same, by other rules of the same chains.</summary>
    private static List<List<DiffRegion>> Alike(IEnumerable<DiffRegion> regions)
    {
        var groups = new List<List<DiffRegion>>();
        foreach (var region in regions)
        {
            if (groups.Count > 0 && KeyOf(groups[^1][0]).Equals(KeyOf(region)))
            {
                groups[^1].Add(region);
            }
            else
            {
                groups.Add([region]);
            }
        }
        return groups;

        static object KeyOf(DiffRegion region) =>
            (region.Family, region.Hook, SideOf(region.Old), SideOf(region.New), string.Join(',', region.Assumptions));
        static object SideOf(DiffOutcome side) => (OutcomeText.Verdict(side), side.Changes, side.Table, side.Chain, side.Rule is null);
    }

    private void WriteRest(List<DiffRegion> alike, int first)
    {
        var rest = alike[ShownAlike..];
        var region = rest[0];
        WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{first}-{first + rest.Count - 1}  {region.Hook.Name()}: ")
            + $"{OutcomeText.Verdict(region.Old)} -> {OutcomeText.Verdict(region.New)}, {rest.Count.ToString(CultureInfo.InvariantCulture)} regions more like these",
            Ansi.Bold);
        WriteRules("old", rest.ConvertAll(one => one.Old), Ansi.Red);
        WriteRules("new", rest.ConvertAll(one => one.New), Ansi.Green);
        WriteLine("", []);
    }

    private void WriteRules(string side, List<DiffOutcome> outcomes, ReadOnlySpan<byte> color)
    {
        var lines = outcomes.Select(outcome => outcome.Line).OfType<int>().Distinct().Order().ToList();
        var ranges = new List<(int Low, int High)>();
        foreach (var line in lines)
        {
            if (ranges.Count > 0 && ranges[^1].High == line - 1)
            {
                ranges[^1] = (ranges[^1].Low, line);
            }
            else
            {
                ranges.Add((line, line));
            }
        }
        var shown = string.Join(", ", ranges.Take(MostLines).Select(range => range.Low == range.High
            ? range.Low.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{range.Low}-{range.High}")));
        var place = outcomes[0].Rule is null ? OutcomeText.Place(outcomes[0])
            : $"rules of {outcomes[0].Table?.Name()}:{outcomes[0].Chain} (lines {shown}{(ranges.Count > MostLines ? ", ..." : "")})";
        WriteLine($"   {side}     {DisplayText.Escape(place)}", color);
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
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"   space   {Count(region)}{(region.IsExact ? "" : ", some of which may be treated alike")}"), []);
        foreach (var expression in region.Space.Take(MostExpressions))
        {
            WriteLine($"           {SpaceText.Of(expression)}", []);
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
