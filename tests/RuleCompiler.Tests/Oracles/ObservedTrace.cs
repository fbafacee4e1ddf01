using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles;

/// <summary>What became of one packet.</summary>
/// <param name="Steps">In kernel order, both halves of a looped packet.</param>
/// <param name="Rewrites">Each as <c>kind destination address:port</c> or <c>kind source address:port</c>.</param>
/// <param name="Verdict">Netfilter's, as in the trace's JSON.</param>
/// <param name="IsLost">Every chain let it pass, then routing lost it.</param>
internal sealed partial record ObservedTrace(
    IReadOnlyList<ObservedStep> Steps, IReadOnlyList<string> Rewrites, string Verdict, bool IsLost)
{
    /// <summary>
    /// Verdict of a packet that no chain stopped and that yet did not reach the end of its hook: rewritten it had no
    /// route, or no free tuple. A rewrite that this undid is not seen.
    /// </summary>
    public const string Vanished = "vanished";

    /// <summary>Reads the trace object of a recorded case.</summary>
    public static ObservedTrace FromJson(JsonNode trace, bool isLost) => new(
        [.. trace["steps"]!.AsArray().Select(step => ReadStep(step!))],
        [.. trace["rewrites"]!.AsArray().Select(rewrite => ReadRewrite(rewrite!))],
        (string)trace["verdict"]!,
        isLost);

    /// <summary>An evaluator's trace in the form to compare: what the kernel does not show is left out.</summary>
    public static ObservedTrace FromTrace(Trace trace) => new(
        [.. trace.Steps.Where(step => step.IsMatch && step.IsDeclared).Select(FromStep)],
        [.. trace.Rewrites.SelectMany(FromRewrite)],
        trace.Verdict.ToString().ToLowerInvariant(),
        trace.Lost is not null);

    /// <summary>Whether this, which the kernel showed, is what the other says.</summary>
    public bool IsAs(ObservedTrace evaluated) => Verdict == Vanished
        ? evaluated.Steps.Take(Steps.Count).SequenceEqual(Steps)
        : Steps.SequenceEqual(evaluated.Steps)
            && Rewrites.Count == evaluated.Rewrites.Count
            && Rewrites.Zip(evaluated.Rewrites).All(pair => IsSameRewrite(pair.First, pair.Second))
            && (Verdict, IsLost) == (evaluated.Verdict, evaluated.IsLost);

    /// <summary>One step a line, then rewrites and verdict: equal exactly when the traces are.</summary>
    public override string ToString() => string.Join('\n',
        [.. Steps.Select(step => step.ToString()), .. Rewrites, IsLost ? $"{Verdict}, lost in routing" : Verdict]);

    private static ObservedStep ReadStep(JsonNode step) => new(
        (string)step["hook"]!,
        (string)step["table"]!,
        (string)step["chain"]!,
        (int?)step["rule"],
        step["rule"] is null ? null : (int?)step["line"],
        (string)step["action"]!,
        (string?)step["target"]);

    private static ObservedStep FromStep(TraceStep step) => new(
        step.Hook.Name(),
        step.Table.Name(),
        step.Chain,
        step.Rule,
        step.Rule is null ? null : step.Line,
        step.Action,
        step.Target);

    private static IEnumerable<string> FromRewrite(Rewrite rewrite)
    {
        // Where the kernel picks a port, all that is known is the range: 'address:1024-65535'.
        var range = rewrite.LastPort is { } last ? $"-{last}" : "";
        if (rewrite.Destination is { } destination)
        {
            yield return $"{rewrite.Kind} destination {destination}{range}";
        }

        if (rewrite.Source is { } source)
        {
            yield return $"{rewrite.Kind} source {source}{range}";
        }
    }

    private static bool IsSameRewrite(string observed, string evaluated)
    {
        var ports = PortRange().Match(evaluated);
        return ports.Success
            ? Port().Match(observed) is { Success: true } port
                && port.Groups["before"].Value == ports.Groups["before"].Value
                && int.Parse(port.Groups["port"].Value) is var number
                && number >= int.Parse(ports.Groups["first"].Value)
                && number <= int.Parse(ports.Groups["last"].Value)
            : observed == evaluated;
    }

    [GeneratedRegex(@"^(?<before>.*):(?<first>\d+)-(?<last>\d+)$")]
    private static partial Regex PortRange();

    [GeneratedRegex(@"^(?<before>.*):(?<port>\d+)$")]
    private static partial Regex Port();

    private static string ReadRewrite(JsonNode rewrite) => (string?)rewrite["destination"] is { } destination
        ? $"{rewrite["kind"]} destination {destination}"
        : $"{rewrite["kind"]} source {rewrite["source"]}";
}
